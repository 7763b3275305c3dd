using System.Security.Cryptography;
using Broker.Client;
using Broker.Contracts.Blocks;
using Broker.Contracts.Pools;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>A whole broker beside an API server: Nodes get their podCIDRs from it, and give them back.</summary>
public sealed class PodCidrTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_is_granted_both_families_and_they_are_written_on_its_Node_once()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world);
        var (_, api, _) = await world.JoinAsync("n1");

        var blocks = (await api.GrantBlocksAsync(new("pod-cidrs-0001"), Cancellation)).OrThrow().Blocks;

        Assert.Equal(["10.60.0.0/24", "fd60::/64"], blocks.Select(block => block.Block));
        await HasAsync(world, "n1", "10.60.0.0/24", "fd60::/64");
        var released = await api.ReleaseBlockAsync(blocks[0].Block, blocks[0].Generation, Cancellation);
        Assert.Equal("node_exists", released.Problem!.Code);
        await world.Api.DropWatchesAsync();
        _ = await world.JoinAsync("n2"); // By then all was compared again.
        Assert.Equal(1, world.Api.Patches);
    }

    [Fact]
    public async Task The_family_of_the_Nodes_first_address_comes_first_and_two_wait_for_it()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world);
        var kubelet = world.Kubelet("n1").Bootstrap();
        var uid = world.Api.PutNode("n1", address: null);
        var api = world.Connect(kubelet);
        await ClusterWorld.SaysAsync(api, uid);
        _ = (await api.GrantBlocksAsync(new("pod-cidrs-0002"), Cancellation)).OrThrow();
        await Eventually.HoldsAsync(
            "it waits", () => SaysAsync(world, "broker_podcidrs_pending", "1"), ClusterWorld.Soon);
        Assert.Empty(world.Api.PodCidrs("n1"));

        world.Api.TellAddress("n1", "2001:db8::1");

        await HasAsync(world, "n1", "fd60::/64", "10.60.0.0/24");
        await Eventually.HoldsAsync(
            "none waits", () => SaysAsync(world, "broker_podcidrs_pending", "0"), ClusterWorld.Soon);
    }

    [Fact]
    public async Task A_Node_that_changes_between_look_and_patch_is_looked_at_again_and_another_one_is_left_alone()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world);
        var races = 0;
        world.Api.BeforePatch = name =>
        {
            if (Interlocked.Increment(ref races) == 1)
            {
                world.Api.TellAddress(name, "192.0.2.99");
            }
        };
        var (_, first, _) = await world.JoinAsync("n1");
        _ = (await first.GrantBlocksAsync(new("pod-cidrs-0003"), Cancellation)).OrThrow();
        await HasAsync(world, "n1", "10.60.0.0/24", "fd60::/64");
        Assert.True(races >= 2);

        world.Api.BeforePatch = name =>
        {
            world.Api.DeleteNode(name);
            _ = world.Api.PutNode(name); // Its UID is of no interest: it is another one.
        };
        var (_, second, _) = await world.JoinAsync("n2");
        _ = (await second.GrantBlocksAsync(new("pod-cidrs-0004"), Cancellation)).OrThrow();
        await ClusterWorld.SaysAsync(second, "node_fenced");
        Assert.Empty(world.Api.PodCidrs("n2"));
        Assert.Equal(1, world.Api.Patches);
    }

    [Fact]
    public async Task What_was_granted_while_the_API_server_was_away_is_written_when_it_is_back()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world);
        var (_, api, _) = await world.JoinAsync("n1");
        await world.Api.DownAsync();
        _ = (await api.GrantBlocksAsync(new("pod-cidrs-0005"), Cancellation)).OrThrow();

        await world.Api.UpAsync();

        await HasAsync(world, "n1", "10.60.0.0/24", "fd60::/64");
    }

    [Fact]
    public async Task A_broker_that_ended_between_grant_and_patch_writes_after_its_restart()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world);
        var (_, api, _) = await world.JoinAsync("n1");
        world.Api.IsBroken = true;
        _ = (await api.GrantBlocksAsync(new("pod-cidrs-0006"), Cancellation)).OrThrow();

        await world.Broker.RestartAsync();
        world.Api.IsBroken = false;

        await HasAsync(world, "n1", "10.60.0.0/24", "fd60::/64");
        Assert.Equal(1, world.Api.Patches);
    }

    [Fact]
    public async Task What_somebody_else_wrote_is_never_overwritten_and_is_told()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world);
        var certificate = world.Kubelet("n1").Bootstrap();
        var uid = world.Api.PutNode("n1", "192.0.2.1", "172.20.0.0/24");
        var api = world.Connect(certificate);
        await ClusterWorld.SaysAsync(api, uid);

        _ = (await api.GrantBlocksAsync(new("pod-cidrs-0007"), Cancellation)).OrThrow();

        await Eventually.HoldsAsync(
            "it is told", () => SaysAsync(world, "broker_podcidrs_differing", "1"), ClusterWorld.Soon);
        Assert.Equal(["172.20.0.0/24"], world.Api.PodCidrs("n1"));
        Assert.Equal(0, world.Api.Patches);
    }

    [Fact]
    public async Task A_pool_over_Nodes_that_have_podCIDRs_takes_them_over_and_opens_only_then()
    {
        await using var world = await ClusterWorld.StartAsync(before: api =>
        {
            _ = api.PutNode("early", "192.0.2.1", "10.60.3.0/24"); // It joins later.
            _ = api.PutNode("odd", "192.0.2.2", "10.60.8.0/23"); // It never does.
        });
        await DefineAsync(world, "v4", new PoolDefinition("10.60.0.0/16", PodCidrs: true));
        await Eventually.HoldsAsync(
            "all of it is written down",
            async () => (await world.Broker.Operator.OpenPoolAsync("v4", new(), Cancellation)).Problem is null,
            ClusterWorld.Soon);
        var kept = (await world.Broker.Operator.ListReservationsAsync(Cancellation)).OrThrow().Reservations;
        Assert.Equal(["early 10.60.3.0-10.60.3.255", "odd 10.60.8.0-10.60.9.255"],
            kept.Select(each => $"{each.Name} {each.Addresses}"));

        var early = await AdmitAsync(world, "early");
        await Eventually.HoldsAsync(
            "the Node has its own as a block",
            async () => (await early.ListBlocksAsync(Cancellation)).Answer?.Blocks is [{ Block: "10.60.3.0/24" }],
            ClusterWorld.Soon);
        var (_, other, _) = await world.JoinAsync("n2");
        Assert.Equal("10.60.0.0/24", (await other.GrantBlocksAsync(new("pod-cidrs-0008"), Cancellation))
            .OrThrow().Blocks.Single().Block);
        await HasAsync(world, "n2", "10.60.0.0/24");
        Assert.Equal(1, world.Api.Patches);
    }

    [Fact]
    public async Task Before_the_Nodes_were_listed_no_pool_is_defined_or_opened()
    {
        await using var world = await ClusterWorld.StartAsync(before: api => api.IsBroken = true);

        var refused = await world.Broker.Operator.DefinePoolAsync(
            "v4", new PoolDefinition("10.60.0.0/16", Open: true), Cancellation);
        Assert.Equal("nodes_unlisted", refused.Problem!.Code);

        world.Api.IsBroken = false;
        await DefineAsync(world, "v4", new PoolDefinition("10.60.0.0/16", Open: true));
    }

    [Fact]
    public async Task A_pool_of_any_kind_stays_closed_over_what_a_Node_has()
    {
        await using var world = await ClusterWorld.StartAsync(
            before: api => _ = api.PutNode("early", "192.0.2.1", "10.60.3.0/24"));
        await DefineAsync(world, "plain", new PoolDefinition("10.60.0.0/21"));

        var refused = (await world.Broker.Operator.OpenPoolAsync("plain", new(), Cancellation)).Problem!;
        _ = (await world.Broker.Operator.MakeReservationAsync(
            new("10.60.3.0/24", "early"), Cancellation)).OrThrow();

        Assert.Equal("pod_cidrs_unrecorded", refused.Code);
        Assert.Contains("10.60.3.0/24 of Node early", refused.Detail, StringComparison.Ordinal);
        Assert.True((await world.Broker.Operator.OpenPoolAsync("plain", new(), Cancellation)).OrThrow().Open);
    }

    [Fact]
    public async Task A_Node_that_is_deleted_gives_its_block_back_where_that_is_evidence_and_the_name_goes_on()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world, "v4", new PoolDefinition(
            "10.60.0.0/16", PodCidrs: true, NodeDeletionIsEvidence: true, Open: true));
        var (_, api, _) = await world.JoinAsync("n1");
        var lease = (await api.GrantLeaseAsync(
            new("pod-cidrs-0009", "net", "container-1", "eth0"), Cancellation)).OrThrow();
        await HasAsync(world, "n1", "10.60.0.0/24");

        world.Api.DeleteNode("n1");

        await Eventually.HoldsAsync(
            "the block is reclaimed",
            async () => (await world.EventsAsync()).Contains("block.reclaimed"),
            ClusterWorld.Soon);
        Assert.Equal(
            ["node.fenced", "lease.reclaimed", "block.reclaimed"], (await world.EventsAsync()).TakeLast(3));
        Assert.Equal(
            "node_deleted",
            (await world.Broker.Auditor.WhoHoldsAsync(lease.Leases[0].Address, null, Cancellation))
                .OrThrow().Last!.ReleasedReason);

        var uid = world.Api.PutNode("n1");
        var again = await AdmitAsync(world, "n1");
        await ClusterWorld.SaysAsync(again, uid);
        Assert.Equal("10.60.1.0/24", (await again.GrantBlocksAsync(new("pod-cidrs-0010"), Cancellation))
            .OrThrow().Blocks.Single().Block);
        await HasAsync(world, "n1", "10.60.1.0/24");
    }

    [Fact]
    public async Task Without_the_pools_word_a_deleted_Nodes_block_waits_for_the_operators()
    {
        await using var world = await ClusterWorld.StartAsync();
        await DefineAsync(world);
        var (_, api, uid) = await world.JoinAsync("n1");
        var block = (await api.GrantBlocksAsync(new("pod-cidrs-0011"), Cancellation)).OrThrow().Blocks[0];
        var word = new BlockReclaimRequest(block.Generation, "machine_off", uid, "the rack is gone");
        await HasAsync(world, "n1", "10.60.0.0/24", "fd60::/64");
        Assert.Equal("node_exists", (await world.Broker.Operator.ReclaimBlockAsync(
            block.Block, word, Cancellation)).Problem!.Code);

        world.Api.DeleteNode("n1");
        await ClusterWorld.SaysAsync(api, "node_fenced");
        Assert.Equal(2, (await world.Broker.Operator.ListBlocksAsync(Cancellation)).OrThrow().Blocks.Count);

        var tried = (await world.Broker.Operator.ReclaimBlockAsync(
            block.Block, word, Cancellation, dryRun: true)).OrThrow();
        Assert.Equal((true, false), (tried.Reclaimed, tried.Fenced));
        Assert.True((await world.Broker.Operator.ReclaimBlockAsync(block.Block, word, Cancellation))
            .OrThrow().Reclaimed);
        Assert.False((await world.Broker.Operator.ReclaimBlockAsync(block.Block, word, Cancellation))
            .OrThrow().Reclaimed);
        Assert.Equal("fd60::/64", (await world.Broker.Operator.ListBlocksAsync(Cancellation)).OrThrow()
            .Blocks.Single().Block);
    }

    private static async Task DefineAsync(ClusterWorld world)
    {
        foreach (var (name, cidr) in new[] { ("v4", "10.60.0.0/16"), ("v6", "fd60::/48") })
        {
            await DefineAsync(world, name, new PoolDefinition(cidr, PodCidrs: true, Open: true));
        }
    }

    private static async Task DefineAsync(ClusterWorld world, string name, PoolDefinition pool) =>
        _ = (await world.Broker.Operator.DefinePoolAsync(name, pool, Cancellation)).OrThrow();

    /// <summary>A name with a Node that is older than the request waits for an operator's word.</summary>
    private static async Task<NodeApi> AdmitAsync(ClusterWorld world, string name)
    {
        var certificate = world.Kubelet(name).Bootstrap();
        var (api, hash) = (
            world.Connect(certificate), Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)));
        await Eventually.HoldsAsync(
            $"{name} is let in",
            async () =>
            {
                var heard = await ClusterWorld.OutcomeAsync(api);
                return heard == "held"
                    ? (await world.Broker.Operator.AdoptCertificateAsync(name, new(hash), Cancellation)).Problem is null
                    : (await api.WhoAmIAsync(Cancellation)).Problem is null;
            },
            ClusterWorld.Soon);
        return api;
    }

    private static Task HasAsync(ClusterWorld world, string node, params string[] podCidrs) => Eventually.HoldsAsync(
        $"{node} has {string.Join(", ", podCidrs)}",
        () => Task.FromResult(world.Api.PodCidrs(node).SequenceEqual(podCidrs)),
        ClusterWorld.Soon);

    private static async Task<bool> SaysAsync(ClusterWorld world, string metric, string value)
    {
        var answer = await world.Broker.Raw(TestListener.Health).SendAsync("GET", "/metrics");
        return answer.Text.Split('\n').Any(line => line.StartsWith(metric, StringComparison.Ordinal)
            && line.Split('}', ' ').Skip(1).Contains(value));
    }
}
