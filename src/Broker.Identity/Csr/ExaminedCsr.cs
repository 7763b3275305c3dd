using Broker.Core.Names;

namespace Broker.Identity.Csr;

/// <summary>A signing request of a node whose form, key and proof of possession are good.</summary>
/// <param name="NodeName">The node that it asks a certificate for.</param>
/// <param name="Key">SHA-256 over the SubjectPublicKeyInfo.</param>
/// <param name="Der">The PKCS#10 request: the bytes to keep as a blob.</param>
/// <param name="Blob">SHA-256 over <paramref name="Der"/>.</param>
/// <param name="Spki">The SubjectPublicKeyInfo in DER.</param>
/// <param name="IsRsa">RSA keys are also given keyEncipherment.</param>
/// <param name="SuggestedName">The name that a kubelet gives its first request for this key and subject.</param>
public sealed record ExaminedCsr(
    NodeName NodeName,
    KeyHash Key,
    ReadOnlyMemory<byte> Der,
    BlobHash Blob,
    ReadOnlyMemory<byte> Spki,
    bool IsRsa,
    CsrName SuggestedName);
