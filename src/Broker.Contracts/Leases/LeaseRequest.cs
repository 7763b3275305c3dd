namespace Broker.Contracts.Leases;

/// <summary>
/// Asks for one address a family for an attachment. Families: ipv4, ipv6; none means one of each on offer.
/// Addresses: exactly these, at most one a family; a family without one gets the next that is free.
/// </summary>
public sealed record LeaseRequest(
    string RequestId,
    string Network,
    string ContainerId,
    string Interface,
    PodLabels? Pod = null,
    IReadOnlyList<string>? Families = null,
    IReadOnlyList<string>? Pools = null,
    IReadOnlyList<string>? Addresses = null);
