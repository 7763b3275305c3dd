using System.CommandLine;
using Broker.Server.Options;

namespace Broker.Server.Cli;

/// <summary>Options that several commands take.</summary>
internal static class DataOptions
{
    public static Option<string> Data() => new("--data", "-d")
    {
        Description = "The data folder, which 'broker init' made.",
        Required = true,
        HelpName = "FOLDER",
    };

    public static Option<string?> Settings() => new("--settings")
    {
        Description = "A settings file to read instead of broker.json in the data folder, such as a mounted one.",
        HelpName = "FILE",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Overrides one setting of broker.json: --set listen:node=127.0.0.1:9443. May be repeated.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>What <c>--set</c> was given, by key.</summary>
    public static Dictionary<string, string?> Overrides(string[] sets, List<SettingsFault> faults)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var set in sets)
        {
            var equals = set.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Add(new("--set", $"'{set}' is not KEY=VALUE."));
            }
            else
            {
                overrides[set[..equals]] = set[(equals + 1)..];
            }
        }

        return overrides;
    }
}
