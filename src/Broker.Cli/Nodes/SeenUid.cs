using System.CommandLine;

namespace Broker.Cli.Nodes;

/// <summary>The option that names what the operator saw.</summary>
internal static class SeenUid
{
    public static Option<string?> Option() => new("--seen-uid")
    {
        Description = "The Node UID that you saw: if it has changed since, nothing is done.",
        HelpName = "UID",
    };
}
