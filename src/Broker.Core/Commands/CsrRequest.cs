using Broker.Core.Names;

namespace Broker.Core.Commands;

/// <summary>
/// What is known of a filed signing request: its object, who filed it and what it asks for.
/// <c>Token</c> is set for a first request, <c>RenewedFrom</c> for one that the node itself made with a live
/// certificate.
/// </summary>
public sealed record CsrRequest(
    CsrName Csr,
    string CsrUid,
    string Signer,
    string Requester,
    NodeName Node,
    KeyHash Key,
    BlobHash Request,
    TokenId? Token,
    CertificateHash? RenewedFrom);
