using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>node.quarantined</c>: may renew, report and release; no new grants.</summary>
public sealed record NodeQuarantined(NodeName Node, NodeUid Uid, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
