using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>API servers that break, forget and come back; rows G22 and G25.</summary>
public sealed class WatchFaultsTest
{
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
}
