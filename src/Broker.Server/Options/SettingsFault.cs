namespace Broker.Server.Options;

/// <summary>One thing that is wrong with the settings: which key, and what to do.</summary>
internal sealed record SettingsFault(string Key, string Message)
{
    public override string ToString() => $"{Key}: {Message}";
}
