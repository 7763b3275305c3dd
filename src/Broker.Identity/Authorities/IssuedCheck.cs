using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Certificates;
using Broker.Identity.Trust;

namespace Broker.Identity.Authorities;

/// <summary>What was signed must pass the broker's own door before anybody gets it.</summary>
internal static class IssuedCheck
{
    internal static void Demand(
        X509Certificate2 certificate,
        CertificateAuthority authority,
        AnchorPurpose purpose,
        DateTimeOffset now,
        TimeSpan lifetime)
    {
        var settings = ExaminerSettings.Default with { LifetimeMax = lifetime + CertificateAuthority.Backdate };
        var examiner = new CertificateExaminer(authority.AsAnchors(purpose), settings);
        var result = examiner.Examine(certificate, [], now);
        if (!result.IsAccepted)
        {
            certificate.Dispose();
            throw new InvalidOperationException(
                $"The certificate just signed is refused: {result.Refusal.Code}: {result.Refusal.Detail}");
        }
    }
}
