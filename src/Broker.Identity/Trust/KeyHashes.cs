using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Core.Names;

namespace Broker.Identity.Trust;

/// <summary>The two hashes that name keys and certificates.</summary>
public static class KeyHashes
{
    /// <summary>SHA-256 over the DER SubjectPublicKeyInfo.</summary>
    public static KeyHash Of(X509Certificate2 certificate) =>
        OfSpki(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>SHA-256 over the DER SubjectPublicKeyInfo given.</summary>
    public static KeyHash OfSpki(ReadOnlySpan<byte> spki) =>
        KeyHash.Parse(Convert.ToHexStringLower(SHA256.HashData(spki)));

    /// <summary>SHA-256 over the DER of a certificate.</summary>
    public static CertificateHash OfCertificate(ReadOnlySpan<byte> der) =>
        CertificateHash.Parse(Convert.ToHexStringLower(SHA256.HashData(der)));
}
