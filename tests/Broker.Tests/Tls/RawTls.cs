using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Xunit;

namespace Broker.Tests.Tls;

/// <summary>Speaks to the gate below HTTP.</summary>
internal static class RawTls
{
    internal static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>
    /// A handshake and one byte of the server: with TLS 1.3 a refused client learns of it only when it reads.
    /// </summary>
    internal static async Task<string> TryAsync(
        Uri address, SslClientAuthenticationOptions options, Func<Stream, Stream>? wrap = null)
    {
        using var client = await ConnectAsync(address);
        Stream inner = client.GetStream();
        await using var ssl = new SslStream(wrap is null ? inner : wrap(inner));
        try
        {
            await ssl.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
            await ssl.WriteAsync(
                "GET /whoami HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(),
                TestContext.Current.CancellationToken);
            using var reader = new StreamReader(ssl);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            return text.Length == 0 ? "closed" : text;
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            return "closed";
        }
    }
}
