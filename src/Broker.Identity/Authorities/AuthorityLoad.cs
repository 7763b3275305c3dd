using System.Diagnostics.CodeAnalysis;
using Broker.Identity.Reasons;

namespace Broker.Identity.Authorities;

/// <summary>What became of loading a CA: the CA or a refusal, never both.</summary>
public sealed record AuthorityLoad
{
    private AuthorityLoad(CertificateAuthority? authority, IdentityRefusal? refusal) =>
        (Authority, Refusal) = (authority, refusal);

    /// <summary>The CA, or null when refused.</summary>
    public CertificateAuthority? Authority { get; }

    /// <summary>The refusal, or null when loaded.</summary>
    public IdentityRefusal? Refusal { get; }

    /// <summary>Whether the CA may be used.</summary>
    [MemberNotNullWhen(true, nameof(Authority))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsLoaded => Authority is not null;

    internal static AuthorityLoad Of(CertificateAuthority authority) => new(authority, null);

    internal static AuthorityLoad Refused(string code, string detail) => new(null, new(code, detail));
}
