using System.Diagnostics;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Nodes;
using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Cluster;

/// <summary>The broker's own lists and watches, against the real API server.</summary>
[Collection(ClusterSuite.Name)]
public sealed class WatchTest(ClusterFixture fixture)
{
    /// <summary>Ten seconds of silence, ten for the answer to a ping, and some for a slow machine.</summary>
    private static readonly TimeSpan noticed = TimeSpan.FromSeconds(40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_path_that_falls_silent_is_noticed_and_the_next_call_goes_another_way()
    {
        var cluster = await fixture.GetAsync();
        await using var relay = TcpRelay.To(cluster.ControlPlane.Server.Port);
        using var folder = new TempFolder();
        using var connection = Connect(cluster.ControlPlane, relay, folder);
        var api = new KubernetesApi(connection);
        var list = await api.ListNodesAsync(Cancellation);
        await using var watch = api.WatchNodesAsync(list.ResourceVersion, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        Assert.True(await watch.MoveNextAsync());

        relay.Mute();
        var since = Stopwatch.GetTimestamp();
        var error = await Record.ExceptionAsync(() => ReadToEndAsync(watch));

        Assert.NotNull(error);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, noticed);
        Assert.Contains(
            (await api.ListNodesAsync(Cancellation)).Items, node => node.Name == TestCluster.NodeName);
    }

    [Fact]
    public async Task A_watch_ends_with_the_API_server_and_goes_on_once_that_is_back()
    {
        var cluster = await fixture.GetAsync();
        using var folder = new TempFolder();
        using var connection = Connect(cluster.ControlPlane, null, folder);
        var api = new KubernetesApi(connection);
        var list = await api.ListNodesAsync(Cancellation);
        await using (var watch = api.WatchNodesAsync(list.ResourceVersion, Cancellation)
            .GetAsyncEnumerator(Cancellation))
        {
            Assert.True(await watch.MoveNextAsync());
            await cluster.ControlPlane.KillApiServerAsync();
            _ = await Record.ExceptionAsync(() => ReadToEndAsync(watch)); // A crash may look like an end too.
        }

        await cluster.ControlPlane.StartApiServerAsync();

        // A server that was started anew may remember nothing from before: it says so, and a list says what there is.
        var version = list.ResourceVersion;
        if (!await RemembersAsync(api, version))
        {
            version = (await api.ListNodesAsync(Cancellation)).ResourceVersion;
        }

        await using var again = api.WatchNodesAsync(version, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await again.MoveNextAsync());
        Assert.True(await again.MoveNextAsync());
        Assert.Equal(TestCluster.NodeName, again.Current.Item?.Name ?? TestCluster.NodeName);
    }

    private static async Task<bool> RemembersAsync(KubernetesApi api, string version)
    {
        await using var watch = api.WatchNodesAsync(version, Cancellation).GetAsyncEnumerator(Cancellation);
        try
        {
            return await watch.MoveNextAsync() && await watch.MoveNextAsync();
        }
        catch (VersionGoneException)
        {
            return false;
        }
    }

    private static ClusterConnection Connect(ControlPlane cluster, TcpRelay? relay, TempFolder folder)
    {
        var server = relay is null ? cluster.Server : new UriBuilder(cluster.Server) { Port = relay.Port }.Uri;
        return ClusterConnection.Connect(
            folder.Write("kubeconfig", cluster.Admin.Kubeconfig(server, cluster.Authority.Pem)));
    }

    private static async Task ReadToEndAsync(IAsyncEnumerator<ClusterChange<NodeObject>> watch)
    {
        while (await watch.MoveNextAsync())
        {
            // A kubelet says every few seconds that it lives: what is on its way still comes.
            Assert.NotNull(watch.Current.ResourceVersion);
        }
    }
}
