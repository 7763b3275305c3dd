using Broker.Identity.Certificates;
using Broker.Identity.Der;
using Broker.Identity.Reasons;

namespace Broker.Identity.Profile;

/// <summary>
/// The shape of the leaf: exactly what the Kubernetes kubelet client signer writes. Pure functions over DER, one named
/// reason for each rule.
/// </summary>
internal static class LeafRules
{
    private const int DigitalSignature = 1 << 0;
    private const int KeyEncipherment = 1 << 2;
    private const int KeyCertSign = 1 << 5;
    private const int CrlSign = 1 << 6;
    private const int SerialOctetsMax = 20;

    /// <summary>What must hold before the path is looked at: form, version, serial, key.</summary>
    internal static IdentityRefusal? CheckForm(DerCertificate leaf, ExaminerSettings settings)
    {
        if (leaf.Version != 3)
        {
            return new(ReasonCodes.Version, $"The certificate has version {leaf.Version}.");
        }

        if (leaf.Serial.Sign <= 0 || leaf.SerialOctets > SerialOctetsMax)
        {
            return new(ReasonCodes.Serial, "The serial number is not positive or is longer than 20 octets.");
        }

        DerExtensions.CheckForms(leaf.Extensions);
        return leaf.NotAfter < leaf.NotBefore
            ? new(ReasonCodes.Malformed, "The certificate ends before it begins.")
            : KeyRules.Check(leaf.Spki, settings);
    }

    /// <summary>Signature hash, time and extensions.</summary>
    internal static IdentityRefusal? Check(DerCertificate leaf, DateTimeOffset now, ExaminerSettings settings) =>
        SignatureRules.Check(leaf.InnerAlgorithm)
        ?? CheckTime(leaf, now, settings)
        ?? CheckExtendedKeyUsage(leaf, settings)
        ?? CheckKeyUsage(leaf, settings)
        ?? CheckBasicConstraints(leaf, settings)
        ?? CheckOtherExtensions(leaf, settings);

    internal static IdentityRefusal? CheckTime(DerCertificate leaf, DateTimeOffset now, ExaminerSettings settings)
    {
        if (now >= leaf.NotAfter)
        {
            return new(ReasonCodes.Expired, $"The certificate ended at {leaf.NotAfter:u}.");
        }

        if (leaf.NotBefore - now > settings.ClockSkewMax)
        {
            return new(ReasonCodes.NotYetValid, $"The certificate begins at {leaf.NotBefore:u}.");
        }

        return settings.Strict && leaf.NotAfter - leaf.NotBefore > settings.LifetimeMax
            ? new(ReasonCodes.Lifetime, $"The lifetime exceeds {settings.LifetimeMax.TotalDays:0} days.")
            : null;
    }

    private static IdentityRefusal? CheckExtendedKeyUsage(DerCertificate leaf, ExaminerSettings settings)
    {
        if (settings.RequiredEku is not { } required)
        {
            return null;
        }

        if (leaf.Find(Oids.ExtendedKeyUsage) is not { } extension)
        {
            return new(ReasonCodes.EkuMissing, "The certificate has no extended key usage.");
        }

        var usages = DerExtensions.ReadExtendedKeyUsage(extension.Value);
        if (!usages.Contains(required))
        {
            return usages.Contains(Oids.AnyExtendedKeyUsage)
                ? new(ReasonCodes.EkuAny, "The extended key usage is any, not clientAuth.")
                : new(ReasonCodes.Eku, "The extended key usage does not hold clientAuth.");
        }

        return settings.Strict && usages.Count > 1
            ? new(ReasonCodes.EkuExtra, "The extended key usage holds more than clientAuth.")
            : null;
    }

    private static IdentityRefusal? CheckKeyUsage(DerCertificate leaf, ExaminerSettings settings)
    {
        if (leaf.Find(Oids.KeyUsage) is not { } extension)
        {
            return settings.Strict ? new(ReasonCodes.KuMissing, "The certificate has no key usage.") : null;
        }

        var usage = DerExtensions.ReadKeyUsage(extension.Value);
        if ((usage & (KeyCertSign | CrlSign)) != 0)
        {
            return new(ReasonCodes.KuCa, "The key usage allows signing certificates or revocation lists.");
        }

        if ((usage & DigitalSignature) == 0)
        {
            return new(ReasonCodes.KuNoSignature, "The key usage does not hold digitalSignature.");
        }

        if (settings.Strict && (usage & ~(DigitalSignature | KeyEncipherment)) != 0)
        {
            return new(ReasonCodes.KuExtra, "The key usage holds more than the signer writes.");
        }

        return settings.Strict && !extension.Critical
            ? new(ReasonCodes.ExtNotCritical, "The key usage is not critical.")
            : null;
    }

    private static IdentityRefusal? CheckBasicConstraints(DerCertificate leaf, ExaminerSettings settings)
    {
        if (leaf.Find(Oids.BasicConstraints) is not { } extension)
        {
            return settings.Strict ? new(ReasonCodes.BcMissing, "The certificate has no basic constraints.") : null;
        }

        var (isCa, pathLength) = DerExtensions.ReadBasicConstraints(extension.Value);
        if (isCa)
        {
            return new(ReasonCodes.LeafIsCa, "The certificate is a CA.");
        }

        if (settings.Strict && pathLength is not null)
        {
            return new(ReasonCodes.LeafPathLen, "A leaf has no path length.");
        }

        return settings.Strict && !extension.Critical
            ? new(ReasonCodes.ExtNotCritical, "The basic constraints are not critical.")
            : null;
    }

    private static IdentityRefusal? CheckOtherExtensions(DerCertificate leaf, ExaminerSettings settings)
    {
        foreach (var extension in leaf.Extensions)
        {
            switch (extension.Oid)
            {
                case Oids.BasicConstraints or Oids.KeyUsage or Oids.ExtendedKeyUsage
                    or Oids.AuthorityKeyIdentifier or Oids.SubjectKeyIdentifier:
                    break;
                case Oids.SubjectAltName when settings.Strict:
                    return new(ReasonCodes.SanForbidden, "A client certificate has no alternative names.");
                default:
                    if (settings.Strict)
                    {
                        return new(ReasonCodes.ExtNotAllowed, $"The extension {extension.Oid} is not allowed.");
                    }

                    break;
            }
        }

        return null;
    }
}
