using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Broker.Server.Tls;

namespace Broker.Server.Authentication;

/// <summary>
/// The claims of a client certificate, by the types that ASP.NET Core's own package uses; the thumbprint is SHA-256.
/// Alternative names become claims only when the certificate has that extension, which the strict profile forbids.
/// </summary>
internal static class CertificateClaims
{
    internal static ClaimsPrincipal Principal(
        X509Certificate2 certificate, ExaminedConnection examined, string issuer, string scheme)
    {
        // An identity takes copies: what a request makes of its own is gone with it.
        examined.Claims ??= ClaimsOf(certificate, examined, issuer);
        return new ClaimsPrincipal(new ClaimsIdentity(examined.Claims, scheme));
    }

    private static List<Claim> ClaimsOf(X509Certificate2 certificate, ExaminedConnection examined, string issuer)
    {
        var claims = new List<Claim>();
        void Add(string type, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                claims.Add(new Claim(type, value, ClaimValueTypes.String, issuer));
            }
        }

        Add("issuer", certificate.Issuer);
        Add(ClaimTypes.Thumbprint, examined.Certificate.Hash.Value);
        Add(ClaimTypes.X500DistinguishedName, certificate.Subject);
        Add(ClaimTypes.SerialNumber, certificate.SerialNumber);
        Add(ClaimTypes.Name, certificate.GetNameInfo(X509NameType.SimpleName, false));
        Add(ClaimTypes.Role, examined.Certificate.Role.ToString());
        if (certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Any())
        {
            Add(ClaimTypes.Dns, certificate.GetNameInfo(X509NameType.DnsName, false));
            Add(ClaimTypes.Email, certificate.GetNameInfo(X509NameType.EmailName, false));
            Add(ClaimTypes.Upn, certificate.GetNameInfo(X509NameType.UpnName, false));
            Add(ClaimTypes.Uri, certificate.GetNameInfo(X509NameType.UrlName, false));
        }

        return claims;
    }
}
