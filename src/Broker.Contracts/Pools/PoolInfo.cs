namespace Broker.Contracts.Pools;

/// <summary>A pool and how full it is, in blocks. BlocksTotal is decimal text: it may pass 64 bits.</summary>
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
    long Position);
