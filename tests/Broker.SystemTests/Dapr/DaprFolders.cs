using Broker.Testing.Dapr;
using Broker.Testing.Processes;

namespace Broker.SystemTests.Dapr;

/// <summary>Data folders of brokers that share a ledger in a state store.</summary>
internal static class DaprFolders
{
    /// <summary>The settings that put the journal behind a sidecar.</summary>
    public static IReadOnlyList<string> Settings(SidecarDouble sidecar) =>
    [
        "--set", "journal:store=dapr",
        "--set", "journal:dapr:stateStore=journal",
        "--set", $"journal:dapr:endpoint={sidecar.Endpoint}",
    ];

    /// <summary>A second broker's folder: the keys and settings of the first, and nothing of what it saw.</summary>
    public static string Second(string first, TempFolder temp)
    {
        var second = temp["second"];
        foreach (var file in Directory.EnumerateFiles(first, "*", SearchOption.AllDirectories)
                     .Where(file => !Path.GetFileName(file).StartsWith("journal.", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(second, Path.GetRelativePath(first, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return second;
    }
}
