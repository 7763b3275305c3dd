using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Contracts.Nodes;
using Broker.Contracts.Routing;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Broker.Testing.Servers;
using Broker.Tests.Server.Rotation;
using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>
/// Everything that refuses a node reaches what it has open already: through the real listener, over real TLS, on an
/// HTTP/2 stream in mid-request, while the stream of a bystander goes on. Nodes have no event stream of their own.
/// </summary>
public sealed class FenceTest(FenceWorld fixture) : IClassFixture<FenceWorld>
{
    /// <summary>What is promised.</summary>
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterWorld World => fixture.World;

    [Theory]
    [InlineData("fenced", "node_fenced")]
    [InlineData("retired", "node_retired")]
    [InlineData("denied-by-certificate", "certificate_denied")]
    [InlineData("denied-by-key", "certificate_denied")]
    [InlineData("denied-by-serial", "certificate_denied")]
    [InlineData("denied-by-node", "certificate_denied")]
    [InlineData("deleted", "node_fenced")]
    [InlineData("made-again", "node_fenced")]
    [InlineData("csr-contradicted", "certificate_denied")]
    public async Task I08_what_a_node_has_open_ends_within_two_seconds_and_it_is_refused_from_then_on(
        string cause, string code)
    {
        var (certificate, _, _) = await World.JoinAsync(cause);
        using var raw = World.Raw(certificate);
        var open = await raw.HoldOpenAsync(ApiRoutes.Leases);
        var (bystander, _, _) = await World.JoinAsync("beside-" + cause);
        using var other = World.Raw(bystander);
        var goesOn = await other.HoldOpenAsync(ApiRoutes.Leases);
        Assert.False(open.IsCompleted, "The stream ended before anybody did anything.");

        await DoAsync(cause, certificate);

        await EndsAsync(open);
        Assert.False(goesOn.IsCompleted, "A bystander's stream was ended as well.");
        await ClusterWorld.SaysAsync(World.Connect(certificate), code);
    }

    [Fact]
    public async Task H10_H11_a_node_that_is_readmitted_is_let_in_again_with_the_certificate_that_it_has()
    {
        var (certificate, api, uid) = await World.JoinAsync("readmitted");
        _ = (await StandAsync(ApiRoutes.NodeFence, "readmitted")).OrThrow();
        await ClusterWorld.SaysAsync(api, "node_fenced");

        _ = (await StandAsync(ApiRoutes.NodeReadmit, "readmitted")).OrThrow();

        await ClusterWorld.SaysAsync(World.Connect(certificate), uid);
    }

    [Fact]
    public async Task G33_a_replaced_certificate_loses_its_streams_with_its_grace_and_the_new_one_goes_on()
    {
        var clock = new AheadClock();
        await using var world = await ClusterWorld.StartAsync(time: clock);
        var kubelet = world.Kubelet("rotated");
        var old = kubelet.Bootstrap();
        var uid = world.Api.PutNode("rotated");
        await ClusterWorld.SaysAsync(world.Connect(old), uid);
        using var raw = world.Raw(old);
        var open = await raw.HoldOpenAsync(ApiRoutes.Leases);
        var next = kubelet.Rotate(old);
        await ClusterWorld.SaysAsync(world.Connect(next), uid);
        using var current = world.Raw(next);
        var goesOn = await current.HoldOpenAsync(ApiRoutes.Leases);
        clock.Ahead(TimeSpan.FromSeconds(50));
        Assert.Equal(uid, await ClusterWorld.OutcomeAsync(world.Connect(old)));

        clock.Ahead(TimeSpan.FromSeconds(11));

        await EndsAsync(open);
        Assert.False(goesOn.IsCompleted, "The stream of the certificate in use was ended as well.");
        await ClusterWorld.SaysAsync(world.Connect(old), "superseded");
        Assert.Contains("alarm.raised", await world.EventsAsync());
    }

    [Fact]
    public async Task A08_a_CA_that_is_taken_away_ends_what_its_nodes_have_open()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (certificate, _, _) = await world.JoinAsync("n1");
        using var raw = world.Raw(certificate);
        var open = await raw.HoldOpenAsync(ApiRoutes.Leases);
        var next = TestAuthority.Root("kubernetes", TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(
            Path.Combine(world.Broker.Folder, "cluster-ca.crt"), next.Pem + world.Ca.Pem, Cancellation);
        new PkiFiles(world.Broker).Look();
        Assert.False(open.IsCompleted, "Beside a new CA the old one counts still.");

        await File.WriteAllTextAsync(Path.Combine(world.Broker.Folder, "cluster-ca.crt"), next.Pem, Cancellation);
        new PkiFiles(world.Broker).Look();

        await EndsAsync(open);
        Assert.Equal("no answer", await ClusterWorld.OutcomeAsync(world.Connect(certificate)));
    }

    [Fact]
    public async Task D10_the_end_of_a_nodes_certificate_ends_what_it_has_open()
    {
        var end = TimeProvider.System.GetUtcNow().AddSeconds(20);
        var certificate = World.Kubelet("expiring").Bootstrap(end);
        var uid = World.Api.PutNode("expiring");
        await ClusterWorld.SaysAsync(World.Connect(certificate), uid);
        using var raw = World.Raw(certificate);
        var open = await raw.HoldOpenAsync(ApiRoutes.Leases);

        await EndsAtAsync(open, certificate.NotAfter.ToUniversalTime());
    }

    [Fact]
    public async Task D10_the_end_of_a_persons_certificate_ends_their_event_stream()
    {
        var now = TimeProvider.System.GetUtcNow();
        var person = World.Broker.Own(Broker.Identity.Authorities.PersonCertificateIssuer.Issue(
            World.Broker.LoadAuthority("operator-ca"), CallerRole.Auditor, "erin", now, TimeSpan.FromSeconds(12)));
        var api = World.Broker.Raw(TestListener.People, person);
        using var answer = await api.OpenAsync(ApiRoutes.Events);
        Assert.True(answer.IsSuccessStatusCode);
        await using var events = await answer.Content.ReadAsStreamAsync(Cancellation);

        await EndsAtAsync(events.CopyToAsync(Stream.Null, Cancellation), person.NotAfter.ToUniversalTime());

        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => api.SendAsync("GET", ApiRoutes.Pools));
    }

    private async Task DoAsync(string cause, X509Certificate2 certificate)
    {
        var people = World.Broker.Operator;
        switch (cause)
        {
            case "fenced":
                _ = (await StandAsync(ApiRoutes.NodeFence, cause)).OrThrow();
                break;
            case "retired":
                _ = (await StandAsync(ApiRoutes.NodeRetire, cause)).OrThrow();
                break;
            case "deleted":
                World.Api.DeleteNode(cause);
                break;
            case "made-again":
                // No delete event of its own: only the new UID tells of it.
                World.Api.LoseNode(cause);
                _ = World.Api.PutNode(cause); // Nothing depends on its new UID.
                break;
            case "csr-contradicted":
                World.Kubelet(cause).Contradict(certificate);
                break;
            default:
                _ = (await people.DenyCertificateAsync(cause, Denial(cause, certificate), Cancellation)).OrThrow();
                break;
        }
    }

    private DenyRequest Denial(string cause, X509Certificate2 certificate) => cause switch
    {
        "denied-by-certificate" => new(Certificate: HashOf(certificate)),
        "denied-by-key" => new(Key: KeyHashes.Of(certificate).Value),
        "denied-by-serial" => new(
            Issuer: Convert.ToHexStringLower(SHA256.HashData(World.Ca.Key.Spki)),
            Serial: Convert.ToHexStringLower(certificate.SerialNumberBytes.Span.TrimStart((byte)0))),
        _ => new(),
    };

    private Task<Broker.Client.ApiResult<NodeInfo>> StandAsync(string route, string node) =>
        World.Broker.Operator.ChangeStandingAsync(route, node, new(Reason: "a test"), Cancellation);

    private static async Task EndsAsync(Task open)
    {
        var clock = Stopwatch.StartNew();
        _ = await Assert.ThrowsAnyAsync<Exception>(() => open.WaitAsync(Promise + Promise, Cancellation));
        Assert.True(open.IsCompleted, "The stream is open still.");
        Assert.True(clock.Elapsed < Promise, $"It took {clock.Elapsed.TotalSeconds:f1} s to end.");
    }

    private static async Task EndsAtAsync(Task open, DateTime end)
    {
        var left = end - TimeProvider.System.GetUtcNow().UtcDateTime;
        _ = await Assert.ThrowsAnyAsync<Exception>(() => open.WaitAsync(left + Promise + Promise, Cancellation));
        var late = TimeProvider.System.GetUtcNow().UtcDateTime - end;
        Assert.True(open.IsCompleted, "The stream is open still.");
        Assert.InRange(late, TimeSpan.FromMilliseconds(-50), Promise);
    }

    private static string HashOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
}
