using Broker.Journal.Dapr;
using Broker.Journal.Dapr.Relay;
using Broker.Journal.Store;

namespace Broker.Server.Options;

/// <summary>What must hold of the settings of the journal; each fault names its key.</summary>
internal static class JournalRules
{
    /// <summary>Null when the journal lies in the data folder.</summary>
    public static DaprJournalSettings? Check(string folder, JournalOptions options, List<SettingsFault> faults) =>
        options.Store == JournalOptions.OnDapr ? CheckDapr(folder, options.Dapr, faults) : null;

    /// <summary>The sidecar's settings, whether the journal lies there or not.</summary>
    public static DaprJournalSettings? CheckDapr(string folder, DaprOptions options, List<SettingsFault> faults)
    {
        SettingsRules.CheckRanges("journal:dapr", options, faults);
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint)
            || endpoint.Scheme != Uri.UriSchemeHttp || !endpoint.IsLoopback)
        {
            faults.Add(new(
                "journal:dapr:endpoint",
                $"'{options.Endpoint}' is not http://ADDRESS:PORT of this machine; a sidecar is asked in clear."));
        }

        if (!LedgerGenesis.IsOrigin(options.Origin))
        {
            faults.Add(new(
                "journal:dapr:origin",
                "names no ledger. Set it to the ledger's --origin: whatever else lies in the store is refused then."));
        }

        var token = Token(folder, options.ApiTokenFile, faults);
        return faults.Count > 0 ? null : new DaprJournalSettings
        {
            Endpoint = endpoint!,
            StateStore = options.StateStore,
            Name = options.Name,
            Origin = options.Origin,
            ApiToken = token,
            Folder = folder,
            CallTime = TimeSpan.FromSeconds(options.CallSeconds),
            Patience = TimeSpan.FromSeconds(options.GiveUpSeconds),
        };
    }

    /// <summary>Null when nothing is relayed.</summary>
    public static RelaySettings? CheckRelay(BrokerOptions options, List<SettingsFault> faults)
    {
        if (options.Relay.PubSub.Length == 0)
        {
            return null;
        }

        if (options.Journal.Store != JournalOptions.OnDapr)
        {
            faults.Add(new("relay:pubSub", "needs journal:store dapr: the relay keeps how far it came in that store."));
        }

        return new RelaySettings(options.Relay.PubSub, options.Relay.Topic);
    }

    private static string? Token(string folder, string file, List<SettingsFault> faults)
    {
        if (file.Length == 0)
        {
            return Environment.GetEnvironmentVariable("DAPR_API_TOKEN") is { Length: > 0 } token ? token : null;
        }

        var path = Path.Combine(folder, file);
        if (File.Exists(path))
        {
            return File.ReadAllText(path).Trim();
        }

        faults.Add(new("journal:dapr:apiTokenFile", $"there is no file {path}."));
        return null;
    }
}
