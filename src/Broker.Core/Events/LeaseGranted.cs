using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>lease.granted</c>: the attachment holds the address, in the block of that generation. What <c>PodAssurance</c>
/// says is about the pod, not about the node.
/// </summary>
public sealed record LeaseGranted(
    IpAddress Address,
    Generation Generation,
    NodeName Node,
    Attachment Attachment,
    PodIdentity Pod,
    PodAssurance PodAssurance = PodAssurance.None)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Ip(Address);
}
