using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Certificates;
using Broker.Identity.Csr;
using Broker.Identity.Reasons;
using Broker.Kubernetes.Csrs;

namespace Broker.Kubernetes.Witness;

/// <summary>
/// Whether a certificate is the one that was asked for: a signer, or whoever writes the status, may have put in
/// another.
/// </summary>
internal static class IssuedRules
{
    /// <summary>
    /// How much longer than asked for it may be: the signer dates the beginning back by five minutes.
    /// </summary>
    public const int BackdatedSeconds = 300;

    public static IdentityRefusal? Check(
        ObservedCsr csr, ExaminedCsr asked, ExaminedCertificate given, X509Certificate2 certificate)
    {
        if (given.Key != asked.Key)
        {
            return new IdentityRefusal(ReasonCodes.KeySubstituted, "The certificate has another key than the request.");
        }

        if (given.NodeName != asked.NodeName)
        {
            return new IdentityRefusal(
                ReasonCodes.SubjectSubstituted,
                $"The certificate is of node '{given.NodeName}', asked for was '{asked.NodeName}'.");
        }

        return CheckSubject(asked, certificate) ?? UsageRules.CheckIssued(certificate, csr.Usages);
    }

    /// <summary>
    /// A signer writes the subject anew, in its own order and encoding, and may drop what it does not know; what it
    /// adds nobody asked for.
    /// </summary>
    private static IdentityRefusal? CheckSubject(ExaminedCsr asked, X509Certificate2 certificate)
    {
        var request = CertificateRequest.LoadSigningRequest(
            asked.Der.ToArray(), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation);
        var left = Attributes(request.SubjectName).ToList();
        foreach (var attribute in Attributes(certificate.SubjectName))
        {
            if (!left.Remove(attribute))
            {
                return new IdentityRefusal(
                    ReasonCodes.SubjectSubstituted,
                    $"The certificate's subject says {attribute.Type}={attribute.Value}, and the request's does not.");
            }
        }

        return null;
    }

    private static IEnumerable<(string Type, string? Value)> Attributes(X500DistinguishedName name) =>
        name.EnumerateRelativeDistinguishedNames().Select(part => part.HasMultipleElements
            ? (string.Empty, Convert.ToHexStringLower(part.RawData.Span))
            : (part.GetSingleElementType().Value ?? string.Empty, part.GetSingleElementValue()));

    /// <summary>
    /// A signer may pass over the lifetime that was asked for; such a certificate waits for an operator.
    /// </summary>
    public static bool IsTooLong(ObservedCsr csr, ExaminedCertificate given) =>
        csr.ExpirationSeconds is { } asked
        && given.NotAfter - given.NotBefore > TimeSpan.FromSeconds(asked + (long)BackdatedSeconds);
}
