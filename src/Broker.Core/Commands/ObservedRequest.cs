using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Commands;

/// <summary>
/// A cluster's CSR: its object, who filed it, and what it asks for. <c>ByNode</c>: filed by the node itself.
/// <c>HasCredential</c>: the API server wrote down with which credential; <c>Credential</c> is that certificate.
/// </summary>
public sealed record ObservedRequest
{
    public required CsrName Csr { get; init; }

    public required string CsrUid { get; init; }

    public required string Signer { get; init; }

    public required string Requester { get; init; }

    public required bool ByNode { get; init; }

    public required bool HasCredential { get; init; }

    public CertificateHash? Credential { get; init; }

    /// <summary>
    /// Whether a node that has no identity on record may begin its chain with whatever certificate it showed: a broker
    /// that came to a cluster later than its nodes.
    /// </summary>
    public bool BeginsChain { get; init; }

    public required NodeName Node { get; init; }

    public required KeyHash Key { get; init; }

    /// <summary>SHA-256 over the PKCS#10 request.</summary>
    public required BlobHash Request { get; init; }

    /// <summary>When the API server created the object.</summary>
    public required Instant Requested { get; init; }
}
