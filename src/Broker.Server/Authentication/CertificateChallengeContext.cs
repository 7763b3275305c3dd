using Microsoft.AspNetCore.Authentication;

namespace Broker.Server.Authentication;

/// <summary>A challenge is about to be answered.</summary>
public sealed class CertificateChallengeContext(
    HttpContext context,
    AuthenticationScheme scheme,
    CertificateAuthenticationOptions options,
    AuthenticationProperties properties)
    : PropertiesContext<CertificateAuthenticationOptions>(context, scheme, options, properties)
{
    /// <summary>Whether somebody else answered.</summary>
    public bool Handled { get; private set; }

    /// <summary>The hook has written the answer; nothing more is done.</summary>
    public void HandleResponse() => Handled = true;
}
