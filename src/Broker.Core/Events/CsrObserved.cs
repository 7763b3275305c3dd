using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>csr.observed</c>: a signing request as it was filed, written together with the decision on it.
/// <c>Credential</c> is the certificate that the requester showed, where the API server wrote it down.
/// </summary>
public sealed record CsrObserved(
    CsrName Csr,
    string CsrUid,
    string Signer,
    string Requester,
    NodeName Node,
    KeyHash Key,
    BlobHash Request,
    TokenId? Token,
    CertificateHash? Credential = null)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Csr(Csr);
}
