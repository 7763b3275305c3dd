namespace Broker.Tests.House.Bans;

/// <summary>One line of a ban list: a documentation id, and what to use instead.</summary>
internal sealed record BannedSymbol(string Id, string Replacement)
{
    public static IReadOnlyList<BannedSymbol> Read(string path) =>
    [
        .. File.ReadAllLines(RepositoryRoot.Full(path))
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            .Select(line => line.Split(';', 2))
            .Select(parts => new BannedSymbol(parts[0], parts.ElementAtOrDefault(1)?.Trim() ?? "")),
    ];
}
