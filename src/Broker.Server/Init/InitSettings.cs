using System.Text.Json;
using System.Text.Json.Nodes;
using Broker.Journal.Dapr;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Init;

/// <summary>Settings that <c>broker init --set</c> writes into the settings file.</summary>
internal static class InitSettings
{
    /// <summary>How settings are written.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    /// <summary>Adds them; a ledger in a state store also gets its origin, against which each start compares.</summary>
    public static void Add(JsonObject settings, IReadOnlyDictionary<string, string?> sets, string origin)
    {
        foreach (var (key, value) in sets)
        {
            Put(settings, key, value);
        }

        if (settings["journal"] is JsonObject journal && (string?)journal["store"] == JournalOptions.OnDapr)
        {
            Put(settings, "journal:dapr:origin", origin);
        }
    }

    /// <summary>Reads the file that was made; gives where the journal is to lie.</summary>
    /// <exception cref="StartFailureException">A setting has a fault; the message names all of them.</exception>
    public static DaprJournalSettings? Check(string folder)
    {
        var read = SettingsReader.Read(folder, new Dictionary<string, string?>());
        return read.Settings is { } settings
            ? settings.Dapr
            : throw new StartFailureException("init_invalid", $"nothing was made. {string.Join(' ', read.Faults)}");
    }

    private static void Put(JsonObject settings, string key, string? value)
    {
        var group = settings;
        var names = key.Split(':');
        foreach (var name in names[..^1])
        {
            if (group[name] is not JsonObject inner)
            {
                inner = [];
                group[name] = inner;
            }

            group = inner;
        }

        group[names[^1]] = value;
    }
}
