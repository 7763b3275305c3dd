namespace Broker.Tests.Server;

/// <summary>Paths of the surface with something in their places.</summary>
internal static class ServerPaths
{
    /// <summary>A path that names nobody.</summary>
    public static string Fill(string path) => path
        .Replace("{name}", "nobody", StringComparison.Ordinal)
        .Replace("{id}", "abcdef", StringComparison.Ordinal)
        .Replace("{cidr}", "192.0.2.0%2F26", StringComparison.Ordinal)
        .Replace("{ip}", "192.0.2.1", StringComparison.Ordinal);
}
