using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core.Events;

/// <summary>
/// <c>refusal.counted</c>: how often one authenticated certificate was refused for one reason within a minute.
/// </summary>
public sealed record RefusalCounted(
    RefusalCode Code, CertificateHash Certificate, NodeName Node, long Count)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
