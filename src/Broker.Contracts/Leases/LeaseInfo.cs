namespace Broker.Contracts.Leases;

/// <summary>A live lease with what an interface needs.</summary>
public sealed record LeaseInfo(
    string Address,
    int PrefixLength,
    string? Gateway,
    string Pool,
    string Block,
    long Generation,
    string Node,
    string Network,
    string ContainerId,
    string Interface,
    PodLabels Pod,
    string Certificate,
    string GrantedAt,
    long Position);
