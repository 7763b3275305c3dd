using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Take a block from a node whose machine is gone, on evidence that names the Node's UID. Its leases end first, each by
/// an event of its own; one command ends so many of them, and is to be given again while the answer says that some are
/// left. A generation that is gone is answered again without an event; another one there is <c>conflict</c>.
/// </summary>
public sealed record ReclaimBlock(
    Actor Actor, Cidr Block, Generation Generation, Evidence Evidence, PrivateText? Reason)
    : Command<BlockReclaim>(Actor, null)
{
    /// <summary>
    /// Whether a node that is not fenced is fenced in the same commit. Without it such a node keeps its block: it could
    /// go on using what somebody else would be given.
    /// </summary>
    public bool Fences { get; init; }

    /// <summary>The Node object of that name as it is now; null when there is none.</summary>
    public ObservedNode? NodeObject { get; init; }
}
