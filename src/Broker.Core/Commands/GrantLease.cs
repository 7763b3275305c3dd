using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Lease one address a family to an attachment, in one commit. Families empty: one of each that open broker-
/// leased pools offer. Pools empty: any. A block is granted in the same commit when the node has no free
/// address.
/// </summary>
public sealed record GrantLease(
    NodeCaller Caller,
    RequestId RequestId,
    Attachment Attachment,
    PodIdentity Pod,
    IReadOnlyList<IpFamily> Families,
    IReadOnlyList<PoolName> Pools,
    PodAssurance PodAssurance = PodAssurance.None)
    : Command<LeasesGranted>(Caller.Actor, RequestId)
{
    /// <summary>Addresses that it must be, at most one a family; a family without one gets the next free one.</summary>
    public IReadOnlyList<IpAddress> Addresses { get; init; } = [];
}
