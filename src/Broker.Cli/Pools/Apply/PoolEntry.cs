namespace Broker.Cli.Pools.Apply;

/// <summary>A pool as a file names it; what is left out is null. Line and column are those of its beginning.</summary>
internal sealed record PoolEntry(int Line, int Column)
{
    public string Name { get; set; } = string.Empty;

    public string Cidr { get; set; } = string.Empty;

    public int? BlockPrefixLength { get; set; }

    public string? Network { get; set; }

    public string? Commit { get; set; }

    public int? AddressCooldownSeconds { get; set; }

    public int? BlockCooldownSeconds { get; set; }

    public int? BlocksPerNodeMax { get; set; }

    public IReadOnlyList<string>? Exclusions { get; set; }

    public bool? PodCidrs { get; set; }

    public bool? NodeDeletionIsEvidence { get; set; }

    public int? LeasesPerNodeMax { get; set; }

    public int? LeasesPerNamespaceMax { get; set; }

    public bool? Open { get; set; }
}
