using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Broker.Server.Tls;

/// <summary>
/// The names and addresses that a listener answers for. An HTTP/2 client may reuse a connection for another authority
/// that the certificate covers elsewhere; such a request is misdirected and answered 421 (RFC 9110 section 15.5.20).
/// </summary>
public sealed class ServerNames
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<IPAddress> addresses = [];

    /// <summary>Takes the alternative names of the serving certificate.</summary>
    public ServerNames(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.UnionWith(extension.EnumerateDnsNames());
            addresses.UnionWith(extension.EnumerateIPAddresses());
        }
    }

    /// <summary>Whether the request's authority is one of ours; a missing one is not.</summary>
    public bool Allows(HostString authority)
    {
        if (!authority.HasValue)
        {
            return false;
        }

        var host = authority.Host;
        return IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? addresses.Contains(address)
            : names.Contains(host);
    }
}
