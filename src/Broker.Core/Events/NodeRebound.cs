using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Events;

/// <summary>
/// <c>node.rebound</c>: the name is bound to another Node object from now on. Of its certificates those count on that
/// were asked for after the Node was <c>Created</c>; all of them when the UID before was provisional.
/// </summary>
public sealed record NodeRebound(NodeName Node, NodeUid Uid, NodeUid From, Instant Created) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
