using System.Diagnostics.CodeAnalysis;
using Broker.Identity.Reasons;

namespace Broker.Identity.Certificates;

/// <summary>What became of an examination: a certificate or a refusal, never both.</summary>
public sealed record ExaminationResult
{
    private ExaminationResult(ExaminedCertificate? certificate, IdentityRefusal? refusal) =>
        (Certificate, Refusal) = (certificate, refusal);

    /// <summary>The certificate, or null when refused.</summary>
    public ExaminedCertificate? Certificate { get; }

    /// <summary>The refusal, or null when accepted.</summary>
    public IdentityRefusal? Refusal { get; }

    /// <summary>Whether the certificate passed.</summary>
    [MemberNotNullWhen(true, nameof(Certificate))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Certificate is not null;

    internal static ExaminationResult Of(ExaminedCertificate certificate) => new(certificate, null);

    internal static ExaminationResult Refused(IdentityRefusal refusal) => new(null, refusal);

    internal static ExaminationResult Refused(string code, string detail) => new(null, new(code, detail));
}
