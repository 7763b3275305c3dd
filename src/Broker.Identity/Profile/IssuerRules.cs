using Broker.Identity.Certificates;
using Broker.Identity.Der;
using Broker.Identity.Reasons;

namespace Broker.Identity.Profile;

/// <summary>
/// What a CA certificate on a path, or a trust anchor, must be. Source: RFC 5280 sections 4.2.1.3 and 9.
/// </summary>
internal static class IssuerRules
{
    private const int KeyCertSign = 1 << 5;

    /// <summary>Names the fault of an issuer; null when good.</summary>
    /// <param name="issuer">The CA certificate.</param>
    /// <param name="isAnchor">An anchor's own signature bears no trust, so its hash does not matter.</param>
    /// <param name="settings">The limits.</param>
    internal static IdentityRefusal? Check(DerCertificate issuer, bool isAnchor, ExaminerSettings settings)
    {
        if (issuer.Find(Oids.BasicConstraints) is not { } constraints
            || !DerExtensions.ReadBasicConstraints(constraints.Value).IsCa)
        {
            return new(ReasonCodes.NotCa, "An issuer on the path is not a CA.");
        }

        if (issuer.Find(Oids.KeyUsage) is { } usage && (DerExtensions.ReadKeyUsage(usage.Value) & KeyCertSign) == 0)
        {
            return new(ReasonCodes.NotCa, "An issuer on the path may not sign certificates.");
        }

        // The chain engine of Linux evaluates none of these, so their presence is a refusal.
        foreach (var oid in (string[])[Oids.PolicyConstraints, Oids.PolicyMappings, Oids.InhibitAnyPolicy])
        {
            if (issuer.Find(oid) is not null)
            {
                return new(ReasonCodes.CaPolicy, $"An issuer on the path has the extension {oid}.");
            }
        }

        return (isAnchor ? null : SignatureRules.Check(issuer.InnerAlgorithm))
            ?? KeyRules.Check(issuer.Spki, settings);
    }
}
