namespace Broker.Contracts.Leases;

/// <summary>
/// Asks for one address a family for an attachment. Families: ipv4, ipv6; none means one of each on offer.
/// </summary>
public sealed record LeaseRequest(
    string RequestId,
    string Network,
    string ContainerId,
    string Interface,
    PodLabels? Pod = null,
    IReadOnlyList<string>? Families = null,
    IReadOnlyList<string>? Pools = null);
