using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Hosting;

public sealed class OpenConnectionsTest
{
    [Fact]
    public async Task The_enrol_listener_closes_the_newest_connection_beyond_its_limit()
    {
        await using var broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Settings = new Dictionary<string, string?> { ["limits:enrolConnectionsMax"] = "2" },
        });
        var first = await OpenAsync(broker);
        await using var second = await OpenAsync(broker);
        Assert.NotNull(first);
        Assert.NotNull(second);

        Assert.Null(await OpenAsync(broker));

        // The place of one that has gone is free again.
        await first.DisposeAsync();
        await Eventually.HoldsAsync(
            "a further connection is let in",
            async () =>
            {
                await using var next = await OpenAsync(broker);
                return next is not null;
            },
            TimeSpan.FromSeconds(30));
    }

    // A handshake that has come to its end shows that the listener has counted the connection; null when it was closed.
    private static async Task<SslStream?> OpenAsync(TestBroker broker)
    {
        var address = broker.AddressOf(TestListener.Enrol);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(broker.Anchors);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    CertificateChainPolicy = policy,
                    ApplicationProtocols = [SslApplicationProtocol.Http2],
                },
                TestContext.Current.CancellationToken);
            return tls;
        }
        catch (Exception error) when (error is IOException or SocketException or AuthenticationException)
        {
            socket.Dispose();
            return null;
        }
    }
}
