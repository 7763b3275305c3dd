using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>node.admitted</c>: the broker knows this node from now on.</summary>
public sealed record NodeAdmitted(NodeName Node, NodeUid Uid) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
