using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Core.Names;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;

namespace Broker.Identity.Authorities;

/// <summary>
/// A CA of the broker's own: an EC P-256 key and its self-signed certificate, which may issue leaves and nothing else.
/// One for nodes, one for people; never the same.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>How far a notBefore lies in the past, as with the Kubernetes signer.</summary>
    public static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private CertificateAuthority(X509Certificate2 certificate)
    {
        Certificate = certificate;
        IssuerKey = KeyHashes.Of(certificate);
    }

    /// <summary>The CA certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 over the CA's SubjectPublicKeyInfo.</summary>
    public KeyHash IssuerKey { get; }

    /// <summary>The certificate alone, as PEM.</summary>
    public string CertificatePem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>The end of the CA, UTC; nothing that it issues lives longer.</summary>
    public DateTimeOffset NotAfter => new(Certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>Makes a new CA.</summary>
    /// <param name="commonName">Such as <c>broker nodes CA</c>.</param>
    /// <param name="now">It is valid from five minutes before.</param>
    /// <param name="lifetime">It is valid until then.</param>
    public static CertificateAuthority Create(string commonName, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        var identifier = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        request.CertificateExtensions.Add(identifier);
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        using var bare = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            now - Backdate,
            now + lifetime,
            LeafIssuer.NewSerial());
        return new CertificateAuthority(bare.CopyWithPrivateKey(key));
    }

    /// <summary>Reads a CA from its two files.</summary>
    /// <param name="certificatePath">PEM; of several certificates the one of the key is taken.</param>
    /// <param name="keyPath">PEM with its private key; readable by the owner alone (mode 0600 or less).</param>
    /// <param name="now">A CA that is not valid now is refused.</param>
    public static AuthorityLoad Load(string certificatePath, string keyPath, DateTimeOffset now)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(keyPath) & ~OwnerOnly) != 0)
            {
                return AuthorityLoad.Refused(
                    ReasonCodes.KeyFileMode, $"'{keyPath}' has mode {File.GetUnixFileMode(keyPath)}.");
            }

            var pem = File.ReadAllText(certificatePath);
            var anchors = TrustAnchors.Load(AnchorPurpose.Nodes, pem, now);
            if (!anchors.IsGood)
            {
                var fault = anchors.Faults[0];
                return AuthorityLoad.Refused(fault.Code, $"'{certificatePath}': {fault.Detail}");
            }

            return AuthorityLoad.Of(new CertificateAuthority(
                WithKey(anchors.Anchors.Roots, File.ReadAllText(keyPath))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return AuthorityLoad.Refused(ReasonCodes.Malformed, error.Message);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return AuthorityLoad.Refused(ReasonCodes.KeyMismatch, $"'{keyPath}': {error.Message}");
        }
    }

    // During a rotation the file holds the old and the new certificate, and the key is that of one of them.
    private static X509Certificate2 WithKey(IReadOnlyList<X509Certificate2> certificates, string keyPem)
    {
        Exception? last = null;
        foreach (var certificate in certificates)
        {
            try
            {
                return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), keyPem);
            }
            catch (Exception error) when (error is CryptographicException or ArgumentException)
            {
                last = error;
            }
        }

        throw new CryptographicException(last!.Message, last);
    }

    /// <summary>Writes both files; the key is made with mode 0600. Neither file may exist.</summary>
    public void Save(string certificatePath, string keyPath) => KeyFiles.Write(Certificate, certificatePath, keyPath);

    /// <summary>The CA as the only trust anchor of a purpose.</summary>
    public TrustAnchors AsAnchors(AnchorPurpose purpose) =>
        new(purpose, [X509CertificateLoader.LoadCertificate(Certificate.RawData)], []);

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}
