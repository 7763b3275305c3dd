using Microsoft.AspNetCore.Authentication;

namespace Broker.Server.Authentication;

/// <summary>The certificate was refused, or checking it threw.</summary>
public sealed class CertificateAuthenticationFailedContext(
    HttpContext context, AuthenticationScheme scheme, CertificateAuthenticationOptions options)
    : ResultContext<CertificateAuthenticationOptions>(context, scheme, options)
{
    /// <summary>What went wrong.</summary>
    public required Exception Exception { get; init; }
}
