using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>certificate.retired</c>: never accepted again; its later use is an alarm.</summary>
public sealed record CertificateRetired(NodeName Node, CertificateHash Certificate) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
