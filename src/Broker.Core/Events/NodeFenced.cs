using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>node.fenced</c>: refused; its blocks stay where they are.</summary>
public sealed record NodeFenced(NodeName Node, NodeUid Uid, PrivateText? Reason, string? Rule = null) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
