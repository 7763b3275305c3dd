using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>node.retired</c>: gone for good; refused unless it has no blocks left.</summary>
public sealed record NodeRetired(NodeName Node, NodeUid Uid, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
