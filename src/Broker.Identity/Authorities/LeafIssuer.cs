using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Der;

namespace Broker.Identity.Authorities;

/// <summary>
/// Issues leaves in the shape of the Kubernetes signer: random positive serial below 2^128, critical basic constraints
/// CA:FALSE and key usage, one extended key usage, the CA's key identifier, and nothing else but what is passed in.
/// Source: Kubernetes, pkg/controller/certificates/authority.
/// </summary>
internal static class LeafIssuer
{
    private static readonly TimeSpan Short = TimeSpan.FromHours(8);

    internal static X509Certificate2 Issue(
        CertificateAuthority authority,
        X500DistinguishedName subject,
        PublicKey key,
        string extendedKeyUsage,
        X509Extension? alternativeNames,
        (DateTimeOffset NotBefore, DateTimeOffset NotAfter) validity)
    {
        using var signingKey = authority.Certificate.GetECDsaPrivateKey()
            ?? throw new InvalidOperationException("The CA has no EC key.");
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var usage = key.Oid.Value == Oids.Rsa
            ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment
            : X509KeyUsageFlags.DigitalSignature;
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(extendedKeyUsage)], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        if (authority.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } ski)
        {
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(ski));
        }

        if (alternativeNames is not null)
        {
            request.CertificateExtensions.Add(alternativeNames);
        }

        return request.Create(
            authority.Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(signingKey),
            validity.NotBefore,
            validity.NotAfter,
            NewSerial());
    }

    /// <summary>
    /// Five minutes back; the lifetime counts from there, except below eight hours, where it counts from now. Never
    /// beyond the end of the CA.
    /// </summary>
    internal static (DateTimeOffset NotBefore, DateTimeOffset NotAfter) Validity(
        CertificateAuthority authority, DateTimeOffset now, TimeSpan lifetime)
    {
        if (now >= authority.NotAfter)
        {
            throw new InvalidOperationException($"The CA ended at {authority.NotAfter:u}; it issues nothing more.");
        }

        var start = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var end = start + (lifetime < Short ? lifetime : lifetime - CertificateAuthority.Backdate);
        return (start - CertificateAuthority.Backdate, end < authority.NotAfter ? end : authority.NotAfter);
    }

    /// <summary>128 random bits, never zero.</summary>
    internal static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        return serial.AsSpan().ContainsAnyExcept((byte)0) ? serial : NewSerial();
    }
}
