using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>certificate.promoted</c>: first use of a <c>next</c> certificate made it current.</summary>
public sealed record CertificatePromoted(NodeName Node, CertificateHash Certificate) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
