using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>node.readmitted</c>: quarantine or fence lifted.</summary>
public sealed record NodeReadmitted(NodeName Node, NodeUid Uid, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
