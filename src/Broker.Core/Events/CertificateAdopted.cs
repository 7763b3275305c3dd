using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Events;

/// <summary>
/// <c>certificate.adopted</c>: taken over as the node's <c>next</c> without an approved CSR on record, or let off its
/// hold: by the acting operator, or by the broker at first sight.
/// </summary>
public sealed record CertificateAdopted(
    CertificateHash Certificate,
    NodeName Node,
    NodeUid Uid,
    KeyHash Key,
    string Serial,
    KeyHash Issuer,
    Instant NotBefore,
    Instant NotAfter,
    PrivateText? Reason)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
