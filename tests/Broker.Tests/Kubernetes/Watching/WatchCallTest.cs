using Broker.Kubernetes.Client;
using Broker.Kubernetes.Nodes;
using Broker.Testing.Clusters;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Kubernetes.Watching;

/// <summary>A watch on the wire, from a server that closes, forgets and babbles.</summary>
public sealed class WatchCallTest : IAsyncLifetime
{
    private readonly TempFolder _temp = new();
    private FakeApiServer _server = null!;
    private ClusterConnection _connection = null!;
    private KubernetesApi _api = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _connection = ClusterConnection.Connect(_temp.Write("kubeconfig", _server.Kubeconfig));
        _api = new KubernetesApi(_connection);
    }

    [Fact]
    public async Task It_says_that_it_was_taken_before_anything_changes()
    {
        await using var watch = await WatchAsync();

        Assert.True(await watch.MoveNextAsync());

        Assert.Equal(ChangeKind.Bookmark, watch.Current.Kind);
        var uid = _server.PutNode("n1");
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal((ChangeKind.Present, uid), (watch.Current.Kind, watch.Current.Item!.Uid));
    }

    [Fact]
    public async Task One_that_the_server_closes_without_a_change_has_just_ended()
    {
        await using var watch = await WatchAsync();
        Assert.True(await watch.MoveNextAsync());

        await _server.DropWatchesAsync();

        Assert.False(await watch.MoveNextAsync());
    }

    [Fact]
    public async Task One_of_a_forgotten_version_is_told_so()
    {
        await using var watch = await WatchAsync();
        _server.Compact();

        Assert.True(await watch.MoveNextAsync());

        _ = await Assert.ThrowsAsync<VersionGoneException>(async () => await watch.MoveNextAsync());
    }

    [Fact]
    public async Task A_server_that_refuses_is_a_failure_with_its_status()
    {
        await using var watch = await WatchAsync();
        _server.IsBroken = true;

        var error = await Assert.ThrowsAsync<HttpRequestException>(async () => await watch.MoveNextAsync());

        Assert.Contains("500", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":")]
    [InlineData("{\"type\":\"ADDED\"}")]
    [InlineData("{\"type\":\"ADDED\",\"object\":7}")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{}}")]
    [InlineData("[]")]
    public async Task A_line_that_is_no_change_ends_it_instead_of_being_passed_over(string line)
    {
        await using var watch = await WatchAsync();
        Assert.True(await watch.MoveNextAsync());

        _server.Say(line);

        _ = await Assert.ThrowsAsync<HttpRequestException>(async () => await watch.MoveNextAsync());
    }

    [Fact]
    public async Task It_ends_when_nobody_wants_it_any_more_also_before_the_first_change()
    {
        using var stop = new CancellationTokenSource();
        await using var watch = _api.WatchNodesAsync("100", stop.Token).GetAsyncEnumerator(Cancellation);
        Assert.True(await watch.MoveNextAsync());
        var next = watch.MoveNextAsync();

        await stop.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await Eventually.HoldsAsync(
            "the server has noticed", () => Task.FromResult(_server.OpenWatches == 0), TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
        _temp.Dispose();
    }

    private async Task<IAsyncEnumerator<ClusterChange<NodeObject>>> WatchAsync()
    {
        var list = await _api.ListNodesAsync(Cancellation);
        return _api.WatchNodesAsync(list.ResourceVersion, Cancellation).GetAsyncEnumerator(Cancellation);
    }
}
