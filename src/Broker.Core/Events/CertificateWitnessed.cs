using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Events;

/// <summary>
/// <c>certificate.witnessed</c>: this certificate was issued through that approved request; it is the node's
/// <c>next</c>. Serial and issuer key (SHA-256 of the CA's SubjectPublicKeyInfo) are lower-case hexadecimal.
/// <c>Requested</c> is when the API server created the CSR; <c>Hold</c> is why the certificate is not to be used
/// before an operator has decided.
/// </summary>
public sealed record CertificateWitnessed(
    CertificateHash Certificate,
    CsrName Csr,
    NodeName Node,
    NodeUid Uid,
    KeyHash Key,
    string Serial,
    KeyHash Issuer,
    Instant NotBefore,
    Instant NotAfter,
    Assurance Assurance = Assurance.Embedded,
    Instant? Requested = null,
    string? Hold = null)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
