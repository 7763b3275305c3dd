using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>node.admitted</c>: the broker knows this node from now on. A provisional UID is that of the CSR: there is no
/// Node object yet, and until <c>node.rebound</c> the node is granted nothing.
/// </summary>
public sealed record NodeAdmitted(NodeName Node, NodeUid Uid, bool IsProvisional = false) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
