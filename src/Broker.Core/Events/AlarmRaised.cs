using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>alarm.raised</c>: something that an operator should look at; once per kind, node,
/// certificate and key. Certificate or key are null where there was none.
/// </summary>
public sealed record AlarmRaised(AlarmKind Kind, NodeName Node, CertificateHash? Certificate, KeyHash? Key)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
