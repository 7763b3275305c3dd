
namespace Broker.Server.Authentication;

/// <summary>
/// Headers in which proxies forward client certificates. They prove nothing about who holds the key, so they are never
/// read; that somebody sends them is counted.
/// </summary>
public sealed class CertificateHeaders
{
    private const string ClientPrefix = "X-SSL-Client-";

    private static readonly string[] Names =
    [
        "X-Forwarded-Client-Cert", "X-Client-Cert", "X-ARR-ClientCert", "ssl-client-cert", "Client-Cert",
        "Client-Cert-Chain", "X-SSL-Client-Cert",
    ];

    private long count;

    /// <summary>Requests with such a header since the start.</summary>
    public long Count => Interlocked.Read(ref count);

    internal void Look(IHeaderDictionary headers)
    {
        if (Has(headers))
        {
            _ = Interlocked.Increment(ref count);
        }
    }

    private static bool Has(IHeaderDictionary headers)
    {
        foreach (var name in Names)
        {
            if (headers.ContainsKey(name))
            {
                return true;
            }
        }

        foreach (var header in headers)
        {
            if (header.Key.StartsWith(ClientPrefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
