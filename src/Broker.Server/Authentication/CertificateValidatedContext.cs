using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;

namespace Broker.Server.Authentication;

/// <summary>The certificate passed; <c>Success()</c> and <c>Fail()</c> override.</summary>
public sealed class CertificateValidatedContext(
    HttpContext context, AuthenticationScheme scheme, CertificateAuthenticationOptions options)
    : ResultContext<CertificateAuthenticationOptions>(context, scheme, options)
{
    /// <summary>The connection's client certificate.</summary>
    public required X509Certificate2 ClientCertificate { get; init; }

    /// <summary>Who it makes the caller.</summary>
    public required Caller Caller { get; init; }
}
