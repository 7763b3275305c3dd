using System.Text.Json.Serialization;

namespace Broker.Contracts.Pools;

/// <summary>
/// A pool and how full it is, in blocks. BlocksTotal counts those with an address that may be leased; it is decimal
/// text, for it may pass 64 bits. Position is that of the newest definition. Drained: it grants
/// nothing any more. A limit of 0 is none.
/// </summary>
public sealed record PoolInfo(
    string Name,
    string Cidr,
    int BlockPrefixLength,
    string Network,
    string Commit,
    int AddressCooldownSeconds,
    int BlockCooldownSeconds,
    int BlocksPerNodeMax,
    IReadOnlyList<string> Exclusions,
    bool Open,
    string BlocksTotal,
    long BlocksLive,
    long BlocksCooling,
    long Position,
    [property: JsonPropertyName("podCIDRs")] bool PodCidrs = false,
    bool NodeDeletionIsEvidence = false,
    bool Drained = false,
    int LeasesPerNodeMax = 0,
    int LeasesPerNamespaceMax = 0);
