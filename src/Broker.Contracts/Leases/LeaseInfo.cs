namespace Broker.Contracts.Leases;

/// <summary>
/// A live lease with what an interface needs. PodAssurance is <c>verified</c> when the pod was read from the API server
/// as one of the node, <c>unverified</c> when it could not be, null when nobody looked.
/// </summary>
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
    long Position,
    string? PodAssurance = null);
