using System.Diagnostics.CodeAnalysis;
using Broker.Identity.Reasons;

namespace Broker.Identity.Csr;

/// <summary>What became of a signing request: its content or a refusal, never both.</summary>
public sealed record CsrExamination
{
    private CsrExamination(ExaminedCsr? csr, IdentityRefusal? refusal) => (Csr, Refusal) = (csr, refusal);

    /// <summary>The request, or null when refused.</summary>
    public ExaminedCsr? Csr { get; }

    /// <summary>The refusal, or null when good.</summary>
    public IdentityRefusal? Refusal { get; }

    /// <summary>Whether the request is good.</summary>
    [MemberNotNullWhen(true, nameof(Csr))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Csr is not null;

    internal static CsrExamination Of(ExaminedCsr csr) => new(csr, null);

    internal static CsrExamination Refused(string code, string detail) => new(null, new(code, detail));

    internal static CsrExamination Refused(IdentityRefusal refusal) => new(null, refusal);
}
