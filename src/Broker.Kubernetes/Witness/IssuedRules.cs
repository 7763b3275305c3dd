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

        return UsageRules.CheckIssued(certificate, csr.Usages);
    }

    /// <summary>
    /// A signer may pass over the lifetime that was asked for; such a certificate waits for an operator.
    /// </summary>
    public static bool IsTooLong(ObservedCsr csr, ExaminedCertificate given) =>
        csr.ExpirationSeconds is { } asked
        && given.NotAfter - given.NotBefore > TimeSpan.FromSeconds(asked + (long)BackdatedSeconds);
}
