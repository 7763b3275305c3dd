namespace Broker.Server.Options;

/// <summary>Settings that can be used, or every fault that they have.</summary>
internal sealed record SettingsResult(BrokerSettings? Settings, IReadOnlyList<SettingsFault> Faults)
{
    public static SettingsResult Good(BrokerSettings settings) => new(settings, []);

    public static SettingsResult Faulty(SettingsFault fault) => new(null, [fault]);
}
