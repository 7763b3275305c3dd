using System.Net;
using System.Net.Security;
using Broker.Client;
using Broker.Cni.Direct.Http2;

namespace Broker.Cni.Direct;

/// <summary>Connects to the broker: TCP, then TLS with both certificates, then HTTP/2.</summary>
internal static class BrokerDialer
{
    /// <exception cref="IOException">Nobody answers, or not in time.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">No trust.</exception>
    public static DirectConnection Dial(BrokerEndpoint endpoint, Deadline deadline)
    {
        var address = endpoint.Address;
        var tcp = Connect(address, deadline);
        var tls = new SslStream(tcp);
        try
        {
            var options = BrokerTls.OptionsFor(endpoint);
            options.TargetHost = address.IdnHost;
            options.ApplicationProtocols = [SslApplicationProtocol.Http2];
            tls.AuthenticateAsClient(options);
            return tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2
                ? new DirectConnection(tcp, new Http2Connection(tls, AuthorityOf(address)))
                : throw new Http2Exception("the server does not speak HTTP/2");
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }

    // The first address that takes us, in the resolver's order.
    private static TcpStream Connect(Uri address, Deadline deadline)
    {
        var hosts = Resolve(address.IdnHost, deadline);
        for (var i = 0; ; i++)
        {
            try
            {
                return TcpStream.Connect(new IPEndPoint(hosts[i], address.Port), deadline);
            }
            catch (IOException) when (i + 1 < hosts.Length && deadline.Left > TimeSpan.Zero)
            {
                continue;
            }
        }
    }

    // Only a name is looked up on another thread: the resolver of the C library knows no time-out.
    private static IPAddress[] Resolve(string host, Deadline deadline)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        var left = deadline.Left;
        if (left <= TimeSpan.Zero)
        {
            throw new OverdueException();
        }

        try
        {
            var hosts = Dns.GetHostAddressesAsync(host).WaitAsync(left).GetAwaiter().GetResult();
            return hosts.Length > 0 ? hosts : throw new IOException($"'{host}' has no address");
        }
        catch (TimeoutException)
        {
            throw new OverdueException();
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    // RFC 9113 section 8.3.1: host and port, the port only when it is not the scheme's own.
    private static string AuthorityOf(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? $"[{address.IdnHost}]" : address.IdnHost;
        return address.IsDefaultPort ? host : FormattableString.Invariant($"{host}:{address.Port}");
    }
}
