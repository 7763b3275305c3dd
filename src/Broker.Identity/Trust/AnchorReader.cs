using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Certificates;
using Broker.Identity.Der;
using Broker.Identity.Profile;
using Broker.Identity.Reasons;

namespace Broker.Identity.Trust;

/// <summary>Reads a PEM text of CA certificates and collects every fault.</summary>
internal sealed class AnchorReader(DateTimeOffset now)
{
    private readonly List<IdentityRefusal> faults = [];

    internal IReadOnlyList<IdentityRefusal> Faults => faults;

    internal IReadOnlyList<X509Certificate2> ReadRoots(string pem)
    {
        var roots = ReadBlocks(pem, CheckRoot);
        if (roots.Count == 0 && faults.Count == 0)
        {
            Fault(ReasonCodes.AnchorsEmpty, "The text holds no CERTIFICATE block.");
        }

        CheckNamesakes(roots);
        return roots;
    }

    /// <summary>The chain engine tells CAs of one name apart by key identifier only.</summary>
    private void CheckNamesakes(IReadOnlyList<X509Certificate2> roots)
    {
        foreach (var group in roots.GroupBy(root => Convert.ToHexString(root.SubjectName.RawData)))
        {
            if (group.Count() > 1
                && group.Any(root => !root.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any()))
            {
                Fault(
                    ReasonCodes.AnchorAmbiguous,
                    $"'{group.First().Subject}' is there twice, without key identifiers.");
            }
        }
    }

    internal IReadOnlyList<X509Certificate2> ReadIntermediates(string pem) =>
        ReadBlocks(pem, certificate => IssuerRules.Check(certificate, isAnchor: false, ExaminerSettings.Default));

    private List<X509Certificate2> ReadBlocks(string pem, Func<DerCertificate, IdentityRefusal?> check)
    {
        var found = new List<X509Certificate2>();
        if (pem.Length > TrustAnchors.PemCharsMax)
        {
            Fault(ReasonCodes.TooLarge, $"The text has more than {TrustAnchors.PemCharsMax} characters.");
            return found;
        }

        var rest = pem.AsSpan();
        var blocks = 0;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var skipped = rest[..fields.Location.Start];
            var label = rest[fields.Label].ToString();
            var base64 = rest[fields.Base64Data].ToString();
            rest = rest[fields.Location.End..];
            blocks++;
            if (blocks > TrustAnchors.CertificatesMax)
            {
                Fault(ReasonCodes.AnchorsTooMany, $"More than {TrustAnchors.CertificatesMax} blocks.");
                return found;
            }

            CheckSkipped(skipped);
            ReadBlock(blocks, label, base64, check, found);
        }

        CheckSkipped(rest);
        return found;
    }

    private void ReadBlock(
        int number, string label, string base64, Func<DerCertificate, IdentityRefusal?> check,
        List<X509Certificate2> found)
    {
        if (label != "CERTIFICATE")
        {
            var isKey = label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);
            Fault(isKey ? ReasonCodes.PrivateKey : ReasonCodes.PemBlock, $"Block {number} is a {label}.");
            return;
        }

        try
        {
            var der = Convert.FromBase64String(base64);
            var refusal = der.Length > ExaminerSettings.Default.CertificateBytesMax
                ? new IdentityRefusal(ReasonCodes.TooLarge, "Too many bytes.")
                : check(DerCertificate.Read(der));
            if (refusal is not null)
            {
                Fault(refusal.Code, $"Block {number}: {refusal.Detail}");
                return;
            }

            found.Add(X509CertificateLoader.LoadCertificate(der));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Fault(ReasonCodes.Malformed, $"Block {number} cannot be read ({error.GetType().Name}).");
        }
    }

    /// <summary>A block that does not parse as PEM must not pass for a comment.</summary>
    private void CheckSkipped(ReadOnlySpan<char> text)
    {
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            Fault(ReasonCodes.PemBlock, "A PEM block is damaged.");
        }
    }

    private IdentityRefusal? CheckRoot(DerCertificate root)
    {
        if (!root.Subject.Span.SequenceEqual(root.Issuer.Span))
        {
            return new(ReasonCodes.AnchorNotSelfIssued, "The certificate was issued by another CA.");
        }

        if (root.Find(Oids.BasicConstraints) is not { Critical: true })
        {
            return new(ReasonCodes.AnchorBasicConstraints, "Basic constraints are missing or not critical.");
        }

        var refusal = IssuerRules.Check(root, isAnchor: true, ExaminerSettings.Default);
        if (refusal is not null)
        {
            return refusal;
        }

        if (now >= root.NotAfter || now < root.NotBefore)
        {
            return new(ReasonCodes.CaValidity, $"Valid from {root.NotBefore:u} to {root.NotAfter:u}, not now.");
        }

        return SelfSignature.Verifies(root.Raw.Span)
            ? null
            : new(ReasonCodes.AnchorSignature, "The signature is not made with the certificate's own key.");
    }

    private void Fault(string code, string detail) => faults.Add(new IdentityRefusal(code, detail));
}
