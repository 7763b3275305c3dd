using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>API servers that break, forget and come back; rows G22 and G25.</summary>
public sealed class WatchFaultsTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_of_the_API_server_loses_nothing()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (_, joined, uid) = await world.JoinAsync("n1");
        await world.Api.DownAsync();
        var certificate = world.Kubelet("n2").Bootstrap();
        Assert.Equal(uid, await ClusterWorld.OutcomeAsync(joined));

        await world.Api.UpAsync();

        var other = world.Api.PutNode("n2");
        await ClusterWorld.SaysAsync(world.Connect(certificate), other);
    }

    [Fact]
    public async Task A_version_that_is_forgotten_is_answered_with_a_new_list()
    {
        await using var world = await ClusterWorld.StartAsync();
        _ = await world.JoinAsync("n1");
        var lists = world.Api.Lists;
        world.Api.IsBroken = true;
        await world.Api.DropWatchesAsync();
        var certificate = world.Kubelet("n2").Bootstrap();
        var uid = world.Api.PutNode("n2");
        world.Api.Compact();
        world.Api.IsBroken = false;

        await ClusterWorld.SaysAsync(world.Connect(certificate), uid);
        Assert.True(world.Api.Lists > lists);
    }

    [Fact]
    public async Task G22_what_was_witnessed_stays_when_the_request_is_gone_and_a_restart_records_it_once()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (certificate, _, uid) = await world.JoinAsync("n1");
        var before = await world.EventsAsync();

        await world.Broker.RestartAsync();
        await Eventually.HoldsAsync(
            "the gap is on record",
            async () => (await world.EventsAsync()).Count(type => type == "evidence.gap") == 2,
            ClusterWorld.Soon);

        await ClusterWorld.SaysAsync(world.Connect(certificate), uid);
        var after = await world.EventsAsync();
        Assert.Equal(
            before.Count(type => type.StartsWith("csr.", StringComparison.Ordinal)),
            after.Count(type => type.StartsWith("csr.", StringComparison.Ordinal)));
        Assert.Equal(1, after.Count(type => type == "certificate.witnessed"));
    }

    [Fact]
    public async Task A_Node_that_two_lists_lack_is_gone()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (certificate, _, _) = await world.JoinAsync("n1");
        world.Api.LoseNode("n1");
        world.Api.Compact();
        await world.Api.DropWatchesAsync();

        // The second list comes ten seconds after the first that lacks it.
        await Eventually.HoldsAsync(
            "the node is fenced",
            async () => (await world.Broker.Operator.ListNodesAsync(Cancellation)).OrThrow().Nodes
                .Single().Standing == "fenced",
            TimeSpan.FromSeconds(60));
        await ClusterWorld.SaysAsync(world.Connect(certificate), "node_fenced");
    }
}
