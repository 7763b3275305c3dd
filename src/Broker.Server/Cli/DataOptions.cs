using System.CommandLine;

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
}
