using Microsoft.AspNetCore.Authentication;

namespace Broker.Server.Authentication;

/// <summary>
/// Options of the scheme. Trust is not among them: anchors and limits belong to the TLS gate, and there is no
/// self-signed mode.
/// </summary>
public sealed class CertificateAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>The hooks of the scheme.</summary>
    public new CertificateAuthenticationEvents? Events
    {
        get => (CertificateAuthenticationEvents?)base.Events;
        set => base.Events = value;
    }
}
