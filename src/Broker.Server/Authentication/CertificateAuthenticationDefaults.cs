namespace Broker.Server.Authentication;

/// <summary>The names that the scheme is known by.</summary>
public static class CertificateAuthenticationDefaults
{
    /// <summary>The scheme's name, as in ASP.NET Core's own package.</summary>
    public const string AuthenticationScheme = "Certificate";
}
