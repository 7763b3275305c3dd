using System.Net;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Pods;
using Broker.Testing.Clusters;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Kubernetes.Pods;

/// <summary>Pods through the client library, from a server that pages, forgets and refuses.</summary>
public sealed class PodApiTest : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FakeApiServer _server = null!;
    private ClusterConnection _connection = null!;
    private PodApi _api = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        await File.WriteAllTextAsync(_folder["kubeconfig"], _server.Kubeconfig, Cancellation);
        _connection = ClusterConnection.Connect(_folder["kubeconfig"]);
        _api = new PodApi(_connection, "broker.ipam/pools");
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_needed_of_a_pod_is_kept()
    {
        var pod = new FakePod("shop", "cart", "node-a")
        {
            Phase = "Succeeded",
            GraceSeconds = 90,
            Annotations = [("broker.ipam/pools", "gold"), ("kubernetes.io/config.mirror", "hash"), ("other", "x")],
        };
        var uid = _server.PutPod(pod);

        var read = await _api.ReadPodAsync(new PodKey("shop", "cart"), Cancellation);

        Assert.Equal(
            new PodObject(
                new PodKey("shop", "cart"), uid, "node-a", PodPhase.Succeeded, "hash", 90, "gold",
                read!.ResourceVersion),
            read);
        Assert.NotEmpty(read.ResourceVersion);
        Assert.True(read.Is(uid));
        Assert.True(read.Is("hash"));
        Assert.False(read.Is("other"));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_as_it_was_when_it_began()
    {
        _server.PageObjects = 2;
        var pods = Enumerable.Range(0, 5).Select(i => new FakePod("ns", $"p{i}", "node-a")).ToList();
        pods.ForEach(pod => _server.PutPod(pod));
        _server.BetweenPages = () =>
        {
            _server.DeletePod(pods[4]);
            _ = _server.PutPod(new FakePod("ns", "p0-later", "node-a"));
        };

        var list = await _api.ListPodsAsync(Cancellation);

        Assert.Equal(pods.Select(pod => pod.Name), list.Items.Select(pod => pod.Key.Name));
    }

    [Fact]
    public async Task A_list_whose_rest_was_forgotten_is_no_list()
    {
        _server.PageObjects = 2;
        for (var i = 0; i < 5; i++)
        {
            _ = _server.PutPod(new FakePod("ns", $"p{i}", "node-a"));
        }

        _server.BetweenPages = _server.Compact;

        await Assert.ThrowsAsync<VersionGoneException>(() => _api.ListPodsAsync(Cancellation));
    }

    [Fact]
    public async Task Only_the_API_servers_own_word_makes_a_pod_absent()
    {
        Assert.Null(await _api.ReadPodAsync(new PodKey("ns", "nobody"), Cancellation));
        Assert.Null(await _api.ReadNamespaceAsync("nobody", Cancellation));
        Assert.Null(await _api.ReadNodeAsync("nobody", Cancellation));

        _server.IsBroken = true;
        await Assert.ThrowsAnyAsync<Exception>(() => _api.ReadPodAsync(new PodKey("ns", "nobody"), Cancellation));
        _server.IsBroken = false;
        _server.ForbidsPods = true;
        var refused = await Assert.ThrowsAnyAsync<Exception>(
            () => _api.ReadPodAsync(new PodKey("ns", "nobody"), Cancellation));
        Assert.True(PodWatch.IsRefusedRight(refused));
        await _server.DownAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => _api.ReadPodAsync(new PodKey("ns", "nobody"), Cancellation));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "", false)]
    [InlineData(HttpStatusCode.NotFound, "404 page not found", false)]
    [InlineData(HttpStatusCode.NotFound, "<html>no such host here</html>", false)]
    [InlineData(HttpStatusCode.NotFound, """{"kind":"Status","reason":"NotFound"}""", false)]
    [InlineData(
        HttpStatusCode.NotFound,
        """{"kind":"Status","reason":"NotFound","details":{"name":"ns","kind":"namespaces"}}""",
        false)]
    [InlineData(
        HttpStatusCode.NotFound,
        """{"kind":"Status","reason":"NotFound","details":{"name":"other","kind":"pods"}}""",
        false)]
    [InlineData(
        HttpStatusCode.Gone,
        """{"kind":"Status","reason":"NotFound","details":{"name":"web","kind":"pods"}}""",
        false)]
    [InlineData(
        HttpStatusCode.NotFound,
        """{"kind":"Status","reason":"NotFound","details":{"name":"web","kind":"pods"}}""",
        true)]
    public void A_404_says_whose_absence_it_is(HttpStatusCode code, string body, bool expected) =>
        Assert.Equal(expected, PodApi.IsAbsent(code, body, "pods", "web"));

    [Fact]
    public async Task A_Node_is_heard_when_it_is_ready()
    {
        var uid = _server.PutNode("node-a");

        Assert.Equal(new NodeContact(uid, true), await _api.ReadNodeAsync("node-a", Cancellation));
    }
}
