using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Broker.Contracts.Routing;
using Broker.Identity.Authorities;
using Broker.Identity.Trust;
using Broker.Server.Hosting;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.Rotation;

public sealed class KeyRotationTest : IAsyncLifetime
{
    private TestBroker _broker = null!;
    private PkiFiles _files = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            // The tests say when to look.
            Settings = new Dictionary<string, string?> { ["pki:rereadSeconds"] = "3600" },
        });
        _files = new PkiFiles(_broker);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task A_new_server_certificate_serves_new_connections_with_its_names_and_old_ones_go_on()
    {
        var old = _broker.Raw(TestListener.People, _broker.OperatorCertificate);
        Assert.Equal("200", (await old.SendAsync("GET", ApiRoutes.Pools)).Outcome);
        Assert.Equal("misdirected", (await old.SendAsync("GET", ApiRoutes.Pools, ("Host", "new.test"))).Outcome);

        var fresh = _files.ReplaceServer(_broker.LoadAuthority("broker-ca"), "new.test");
        _files.Look();

        Assert.Equal(fresh.Thumbprint, await ServedAsync());
        Assert.Equal("200", (await old.SendAsync("GET", ApiRoutes.Pools)).Outcome);
        Assert.Equal("200", (await old.SendAsync("GET", ApiRoutes.Pools, ("Host", "new.test"))).Outcome);
    }

    [Fact]
    public async Task A_half_written_pair_is_not_taken_and_told_of_once_and_the_whole_one_is_taken()
    {
        var before = await ServedAsync();
        var fresh = _files.NewServer(_broker.LoadAuthority("broker-ca"), TimeProvider.System.GetUtcNow());
        _files.WriteKey("server.key", fresh);
        _files.Look();
        _files.Look();

        Assert.Equal(before, await ServedAsync());
        Assert.Contains("server.crt", Assert.Single(Refusals()), StringComparison.Ordinal);

        _files.Write("server.crt", fresh.ExportCertificatePem());
        _files.Look();
        Assert.Equal(fresh.Thumbprint, await ServedAsync());
        _ = Assert.Single(Refusals());
    }

    [Theory]
    [InlineData("node-ca.crt", "nothing")]
    [InlineData("operator-ca.crt", "nothing")]
    [InlineData("broker-ca.crt", "nothing")]
    [InlineData("server.crt", "nothing")]
    [InlineData("node-ca.key", "nothing")]
    public async Task A_file_that_cannot_be_used_changes_nothing(string file, string text)
    {
        var node = await _broker.EnrolNodeAsync("rot-bad");
        var before = _broker.Host.Services.GetRequiredService<LiveKeys>().Current;
        _files.Write(file, text);
        _files.Look();

        Assert.Same(before, _broker.Host.Services.GetRequiredService<LiveKeys>().Current);
        _ = Assert.Single(Refusals());
        Assert.Equal("200", (await node.Raw().SendAsync("GET", ApiRoutes.Blocks)).Outcome);
        _ = (await _broker.Operator.ListPoolsAsync(Cancellation)).OrThrow();
    }

    [Fact]
    public void One_CA_in_two_roles_is_still_refused()
    {
        _files.Write("operator-ca.crt", _files.Read("operator-ca.crt"), _files.Read("node-ca.crt"));
        _files.Look();

        Assert.Contains("both", Assert.Single(Refusals()), StringComparison.Ordinal);
        Assert.Single(_broker.Host.Services.GetRequiredService<LiveKeys>().Current.People.Roots);
    }

    [Fact]
    public async Task A_server_certificate_that_new_nodes_could_not_check_is_refused()
    {
        var before = await ServedAsync();
        var other = _files.NewAuthority("other-ca");
        _ = _files.ReplaceServer(other);
        _files.Look();
        Assert.Equal(before, await ServedAsync());
        Assert.Contains("was not issued by a CA of", Assert.Single(Refusals()), StringComparison.Ordinal);

        _files.Write("broker-ca.crt", _files.Read("broker-ca.crt"), other.CertificatePem);
        _files.Look();
        Assert.NotEqual(before, await ServedAsync());
    }

    [Fact]
    public async Task A_new_node_is_handed_the_broker_CA_as_it_is_now()
    {
        var other = _files.NewAuthority("other-ca");
        _files.Write("broker-ca.crt", _files.Read("broker-ca.crt"), other.CertificatePem);
        _files.Look();

        var token = await _broker.IssueTokenAsync();
        var answer = (await _broker.Enrol.EnrolAsync(
            token, _broker.NewNode("rot-new").SigningRequest(), Cancellation)).OrThrow();
        Assert.Contains(other.CertificatePem.Trim(), answer.Ca, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_operator_CA_ends_its_connections_and_a_new_one_counts_at_once()
    {
        var fresh = _files.NewAuthority("other-ca");
        var person = _broker.Own(PersonCertificateIssuer.Issue(
            fresh, CallerRole.Operator, "nora", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1)));
        using var old = await _broker.Raw(TestListener.People, _broker.OperatorCertificate).OpenAsync(ApiRoutes.Events);
        await using var stream = await old.Content.ReadAsStreamAsync(Cancellation);

        _files.Write("operator-ca.crt", _files.Read("operator-ca.crt"), fresh.CertificatePem);
        _files.Look();
        Assert.Equal("200", (await _broker.Raw(TestListener.People, person).SendAsync("GET", ApiRoutes.Pools)).Outcome);
        Assert.Equal("200", (await AskAsOldOperatorAsync()).Outcome);

        _files.Write("operator-ca.crt", fresh.CertificatePem);
        _files.Look();
        _ = await Assert.ThrowsAnyAsync<Exception>(() => stream.CopyToAsync(Stream.Null, Cancellation));
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(AskAsOldOperatorAsync);
        Assert.Equal("200", (await _broker.Raw(TestListener.People, person).SendAsync("GET", ApiRoutes.Pools)).Outcome);
    }

    [Fact]
    public async Task A_request_on_a_connection_that_came_in_before_its_CA_was_removed_is_refused()
    {
        var api = _broker.Raw(TestListener.People, _broker.OperatorCertificate);
        Assert.Equal("200", (await api.SendAsync("GET", ApiRoutes.Pools)).Outcome);

        // As in the moment between a handshake and the registry: the anchors change, the connection is not ended.
        var keys = _broker.Host.Services.GetRequiredService<LiveKeys>();
        var fresh = _files.NewAuthority("other-ca");
        keys.Take(keys.Current with { People = fresh.AsAnchors(AnchorPurpose.People) });

        Assert.Equal("untrusted", (await api.SendAsync("GET", ApiRoutes.Pools)).Outcome);
    }

    [Fact]
    public async Task The_files_are_looked_at_without_being_asked()
    {
        await using var broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Settings = new Dictionary<string, string?> { ["pki:rereadSeconds"] = "1" },
        });
        var fresh = new PkiFiles(broker).ReplaceServer(broker.LoadAuthority("broker-ca"));
        var keys = broker.Host.Services.GetRequiredService<LiveKeys>();

        await Eventually.HoldsAsync(
            "the new certificate is served",
            () => Task.FromResult(keys.Current.Server.TargetCertificate.Thumbprint == fresh.Thumbprint),
            TimeSpan.FromSeconds(20));
    }

    private Task<RawAnswer> AskAsOldOperatorAsync() =>
        _broker.Raw(TestListener.People, _broker.OperatorCertificate).SendAsync("GET", ApiRoutes.Pools);

    private List<string> Refusals() =>
        [.. _broker.Log.Lines.Where(line => line.Contains("cannot be taken up", StringComparison.Ordinal))];

    private async Task<string> ServedAsync()
    {
        var address = _broker.AddressOf(TestListener.Enrol);
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, address.Port, Cancellation);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2,
            },
            Cancellation);
        return tls.RemoteCertificate!.GetCertHashString();
    }
}
