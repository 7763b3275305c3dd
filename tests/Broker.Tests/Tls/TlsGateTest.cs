using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Server.Tls;
using Broker.Testing.Pki;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Xunit;

namespace Broker.Tests.Tls;

/// <summary>The handshake: rows A30, A32, J01 to J06, J10 and J13 of the matrix, on a real listener.</summary>
public sealed class TlsGateTest
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task J03_TLS_1_2_and_1_3_are_spoken(SslProtocols protocol)
    {
        await using var host = await GateHost.OpenAsync();
        var options = host.ClientOptions(host.Witnessed(), protocols: protocol);
        var answer = await RawTls.TryAsync(host.Address, options);
        Assert.Contains("Node n1 uid-n1 Active", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task J01_no_client_certificate_no_connection(SslProtocols protocol)
    {
        await using var host = await GateHost.OpenAsync();
        var options = host.ClientOptions(null, protocols: protocol);
        Assert.Equal("closed", await RawTls.TryAsync(host.Address, options));
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x02)]
    public async Task J02_TLS_1_0_and_1_1_are_answered_with_an_alert(byte minor)
    {
        await using var host = await GateHost.OpenAsync();
        using var client = await RawTls.ConnectAsync(host.Address);
        var stream = client.GetStream();
        byte[] hello = [
            0x16, 0x03, 0x01, 0x00, 0x2F, 0x01, 0x00, 0x00, 0x2B, 0x03, minor, .. new byte[32], 0x00,
            0x00, 0x04, 0xC0, 0x09, 0xC0, 0x13, 0x01, 0x00];
        await stream.WriteAsync(hello, TestContext.Current.CancellationToken);
        var answer = new byte[7];
        var read = await stream.ReadAtLeastAsync(answer, 7, false, TestContext.Current.CancellationToken);

        // An alert (21), fatal (2), protocol_version (70); or nothing but the end of the connection.
        Assert.True(read == 0 || (answer[0] == 21 && answer[5] == 2), Convert.ToHexString(answer.AsSpan(0, read)));
    }

    [Fact]
    public async Task J03_TLS_1_2_without_authenticated_encryption_is_refused()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var host = await GateHost.OpenAsync();
        var options = host.ClientOptions(host.Witnessed(), protocols: SslProtocols.Tls12);
        options.CipherSuitesPolicy = new CipherSuitesPolicy(
        [
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        ]);
        Assert.Equal("closed", await RawTls.TryAsync(host.Address, options));
    }

    [Fact]
    public void J04_J05_no_renegotiation_no_resumption_no_network_no_default_revocation()
    {
        var first = Prepared();
        Assert.False(first.AllowRenegotiation);
        Assert.False(first.AllowTlsResume);
        Assert.True(first.ClientCertificateRequired);
        Assert.NotNull(first.ServerCertificateContext);
        var policy = first.CertificateChainPolicy;
        Assert.NotNull(policy);
        Assert.True(policy.DisableCertificateDownloads);
        Assert.Equal(X509RevocationMode.NoCheck, policy.RevocationMode);
        Assert.Equal(X509ChainTrustMode.CustomRootTrust, policy.TrustMode);
        Assert.NotSame(policy, Prepared().CertificateChainPolicy);
    }

    [Fact]
    public async Task J05_no_session_is_offered_for_resumption()
    {
        await using var host = await GateHost.OpenAsync();
        using var received = new MemoryStream();
        var options = host.ClientOptions(host.Witnessed(), protocols: SslProtocols.Tls12);
        Assert.NotEqual("closed", await RawTls.TryAsync(
            host.Address, options, inner => new RecordingStream(inner, received)));

        // Held by AllowTlsResume, and on Linux by the list of cipher suites too: a context with one is not shared.
        // In TLS 1.2 both ways to resume are in clear: a session id in ServerHello, or NewSessionTicket (type 4).
        Assert.Equal((false, false), TlsRecords.Resumable(received.ToArray()));
    }

    [Fact]
    public async Task J05_the_same_look_sees_a_ticket_where_resumption_is_on()
    {
        await using var host = await GateHost.OpenAsync();
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var received = new MemoryStream();
        var server = Task.Run(
            async () =>
            {
                using var peer = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await using var ssl = new SslStream(peer.GetStream());
                await ssl.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = TlsGate.CreateServerContext(host.ServerCertificate),
                    },
                    TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken);
        var address = new Uri($"https://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}");
        _ = await RawTls.TryAsync(
            address,
            host.ClientOptions(null, protocols: SslProtocols.Tls12),
            inner => new RecordingStream(inner, received));
        await server;
        Assert.NotEqual((false, false), TlsRecords.Resumable(received.ToArray()));
    }

    [Fact]
    public async Task A32_a_second_connection_brings_its_intermediates_again()
    {
        var root = TestAuthority.Root("root", GateHost.Start);
        var middle = root.Intermediate("middle");
        await using var host = await GateHost.OpenAsync(new GateHostOptions { Anchors = Anchors(root.Pem) });
        using var leaf = middle.LeafWithKey();
        using var middleCertificate = X509CertificateLoader.LoadCertificate(middle.Der);
        var options = host.ClientOptions(leaf, [middleCertificate]);
        for (var i = 0; i < 2; i++)
        {
            Assert.Contains(
                "refused unwitnessed", await RawTls.TryAsync(host.Address, options), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A04_configured_intermediates_serve_clients_that_send_their_leaf_only()
    {
        var root = TestAuthority.Root("root", GateHost.Start);
        var middle = root.Intermediate("middle");
        await using var host = await GateHost.OpenAsync(
            new GateHostOptions { Anchors = Anchors(root.Pem, middle.Pem) });
        using var leaf = middle.LeafWithKey();
        Assert.Contains(
            "refused unwitnessed",
            await RawTls.TryAsync(host.Address, host.ClientOptions(leaf)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A30_a_URL_in_the_certificate_is_never_fetched()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/issuer.crt";
        var root = TestAuthority.Root("root", GateHost.Start);
        var middle = root.Intermediate("middle");
        await using var host = await GateHost.OpenAsync(new GateHostOptions { Anchors = Anchors(root.Pem) });
        using var leaf = middle.LeafWithKey(draft => draft
            .With("1.3.6.1.5.5.7.1.1", RawExtension.IssuerUrl(url))
            .With("2.5.29.31", RawExtension.CrlUrl(url)));
        Assert.Equal("closed", await RawTls.TryAsync(host.Address, host.ClientOptions(leaf)));
        Assert.Equal(ReasonCodes.PartialChain, Assert.Single(host.Refusals).Code);
        Assert.False(listener.Pending(), "somebody asked for the URL");
    }

    [Theory]
    [InlineData("no EKU", ReasonCodes.EkuMissing)]
    [InlineData("CA:true", ReasonCodes.LeafIsCa)]
    [InlineData("other CA", ReasonCodes.PartialChain)]
    [InlineData("expired", ReasonCodes.Expired)]
    [InlineData("an operator of the nodes' CA", ReasonCodes.Org)]
    public async Task The_whole_examination_is_done_before_any_HTTP(string what, string code)
    {
        var root = TestAuthority.Root("root", GateHost.Start);
        var other = TestAuthority.Root("other", GateHost.Start);
        await using var host = await GateHost.OpenAsync(new GateHostOptions { Anchors = Anchors(root.Pem) });
        using var leaf = what switch
        {
            "no EKU" => root.LeafWithKey(draft => draft.Without(RawExtension.ExtendedKeyUsage)),
            "CA:true" => root.LeafWithKey(draft => draft.With(
                RawExtension.BasicConstraints, RawExtension.Constraints(true))),
            "expired" => root.LeafWithKey(draft => draft.NotAfter = GateHost.Start.AddSeconds(-1)),
            "other CA" => other.LeafWithKey(),
            _ => root.LeafWithKey(draft => draft.Subject = RawName.Person("broker:operators", "ana")),
        };
        Assert.Equal("closed", await RawTls.TryAsync(host.Address, host.ClientOptions(leaf)));
        Assert.Equal(code, Assert.Single(host.Refusals).Code);
    }

    [Fact]
    public async Task D02_a_certificate_that_begins_in_half_a_minute_is_let_in()
    {
        var root = TestAuthority.Root("root", GateHost.Start);
        await using var host = await GateHost.OpenAsync(new GateHostOptions { Anchors = Anchors(root.Pem) });
        using var leaf = root.LeafWithKey(draft => draft.NotBefore = GateHost.Start.AddSeconds(30));
        Assert.NotEqual("closed", await RawTls.TryAsync(host.Address, host.ClientOptions(leaf)));
    }

    [Fact]
    public async Task J10_a_node_certificate_is_refused_on_the_peoples_listener()
    {
        await using var host = await GateHost.OpenAsync(new GateHostOptions { Purpose = AnchorPurpose.People });
        Assert.Equal("closed", await RawTls.TryAsync(host.Address, host.ClientOptions(host.Node())));
        Assert.Equal(ReasonCodes.Org, Assert.Single(host.Refusals).Code);
    }

    [Fact]
    public async Task J13_a_handshake_that_never_ends_is_closed()
    {
        await using var host = await GateHost.OpenAsync(
            new GateHostOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(300) });
        using var client = await RawTls.ConnectAsync(host.Address);
        var buffer = new byte[16];
        var read = await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(0, read);
    }

    [Fact]
    public async Task Without_client_anchors_no_certificate_is_asked_for()
    {
        var https = new HttpsConnectionAdapterOptions();
        await using var host = await GateHost.OpenAsync();
        TlsGate.Configure(https, () => TlsGate.CreateServerContext(host.ServerCertificate), null);
        var ssl = new SslServerAuthenticationOptions();
        https.OnAuthenticate!(new DefaultConnectionContext(), ssl);
        Assert.False(ssl.ClientCertificateRequired);
        Assert.False(ssl.AllowTlsResume);
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, https.SslProtocols);
        Assert.Null(ssl.RemoteCertificateValidationCallback);
    }

    private static TrustAnchors Anchors(string pem, string? intermediates = null) =>
        TrustAnchors.Load(AnchorPurpose.Nodes, pem, GateHost.Start, intermediates).Anchors!;

    private static SslServerAuthenticationOptions Prepared()
    {
        var root = TestAuthority.Root("root", GateHost.Start);
        using var server = root.LeafWithKey();
        var https = new HttpsConnectionAdapterOptions();
        var anchors = Anchors(root.Pem);
        TlsGate.Configure(https, () => TlsGate.CreateServerContext(server), () => anchors);
        var ssl = new SslServerAuthenticationOptions();
        https.OnAuthenticate!(new DefaultConnectionContext(), ssl);
        Assert.Equal(TimeSpan.FromSeconds(10), https.HandshakeTimeout);
        Assert.NotNull(ssl.RemoteCertificateValidationCallback);
        return ssl;
    }
}
