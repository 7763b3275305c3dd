using Broker.Client;
using Broker.Contracts.Leases;
using Broker.Testing.Clusters;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Server.Cluster.Pods;

/// <summary>A whole broker beside an API server: which pods are granted an address, and out of which pool.</summary>
public sealed class PodGrantTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_is_granted_what_its_annotations_choose_and_another_nodes_is_refused()
    {
        await using var world = await ClusterWorld.StartAsync();
        await PoolAsync(world, "gold", "10.62.0.0/16");
        await PoolAsync(world, "plain", "10.63.0.0/16");
        var (_, node, _) = await world.JoinAsync("n1");
        var plain = new FakePod("default", "plain", "n1");
        var gold = new FakePod("default", "gold", "n1") { Annotations = [("broker.ipam/pools", "gold")] };
        var wrong = new FakePod("default", "wrong", "n1") { Annotations = [("broker.ipam/pools", "silver")] };
        var theirs = new FakePod("default", "theirs", "n2");
        foreach (var pod in (FakePod[])[plain, gold, wrong, theirs])
        {
            _ = world.Api.PutPod(pod);
        }

        var first = (await AskAsync(node, plain, "plain")).OrThrow().Leases.Single();
        Assert.Equal(("plain", "verified"), (first.Pool, first.PodAssurance));
        Assert.Equal("gold", (await AskAsync(node, gold, "plain")).OrThrow().Leases.Single().Pool);

        var unknown = (await AskAsync(node, wrong, "plain")).Problem!;
        Assert.Equal("pool_unknown", unknown.Code);
        Assert.Contains("annotation broker.ipam/pools of pod default/wrong", unknown.Detail, StringComparison.Ordinal);
        Assert.Equal("pod_elsewhere", (await AskAsync(node, theirs, "plain")).Problem!.Code);
        Assert.Equal("pod_unknown", (await AskAsync(node, plain with { Uid = theirs.Uid }, "plain")).Problem!.Code);

        var bare = await node.GrantLeaseAsync(
            new("ask-bare", "net", "bare", "eth0", null, null, ["plain"]), Cancellation);
        Assert.Null(bare.OrThrow().Leases.Single().PodAssurance);
    }

    [Fact]
    public async Task A_fixed_address_follows_its_pod_from_node_to_node_and_goes_to_no_other()
    {
        await using var world = await ClusterWorld.StartAsync();
        _ = (await world.Broker.Operator.DefinePoolAsync(
            "fixed", new("10.64.0.0/24", 32, "host", Open: true), Cancellation)).OrThrow();
        var made = (await world.Broker.Operator.MakeReservationAsync(
            new("10.64.0.9", Workload: "shop/cart-0"), Cancellation)).OrThrow();
        Assert.Equal("shop/cart-0", made.Workload);
        foreach (var name in (string[])["n1", "n2"])
        {
            var (_, node, _) = await world.JoinAsync(name);
            var (cart, other) = (new FakePod("shop", "cart-0", name), new FakePod("shop", "other", name));
            _ = world.Api.PutPod(cart);
            _ = world.Api.PutPod(other);

            Assert.Equal("10.64.0.9", (await AskAsync(node, cart)).OrThrow().Leases.Single().Address);
            Assert.NotEqual("10.64.0.9", (await AskAsync(node, other)).OrThrow().Leases.Single().Address);
            var asked = await node.GrantLeaseAsync(
                new("ask-other", "net", "again", "eth0", new("shop", "other", other.Uid), Addresses: ["10.64.0.9"]),
                Cancellation);
            Assert.Equal("address_unavailable", asked.Problem!.Code);

            _ = (await node.ReleaseLeaseAsync("net", "c-cart-0", "eth0", Cancellation)).OrThrow();
            world.Api.DeletePod(cart);
        }
    }

    [Fact]
    public async Task The_namespace_chooses_where_the_pod_does_not()
    {
        await using var world = await ClusterWorld.StartAsync(before: api =>
            api.PutNamespace("shop", ("broker.ipam/pools", "gold")));
        await PoolAsync(world, "gold", "10.62.0.0/16");
        await PoolAsync(world, "plain", "10.63.0.0/16");
        var (_, node, _) = await world.JoinAsync("n1");
        var pod = new FakePod("shop", "cart", "n1");
        _ = world.Api.PutPod(pod);

        Assert.Equal("gold", (await AskAsync(node, pod)).OrThrow().Leases.Single().Pool);
    }

    [Fact]
    public async Task A_pod_that_the_watch_has_seen_costs_no_read_and_outlives_the_API_server()
    {
        await using var world = await ClusterWorld.StartAsync();
        await PoolAsync(world, "plain", "10.63.0.0/16");
        var (_, node, _) = await world.JoinAsync("n1");
        var pod = new FakePod("default", "web", "n1");
        _ = world.Api.PutPod(pod);
        await Eventually.HoldsAsync(
            "the watch has seen the pod",
            async () =>
            {
                var before = world.Api.PodReads;
                _ = await AskAsync(node, pod); // A repeat after the first.
                return world.Api.PodReads == before;
            },
            ClusterWorld.Soon);

        await world.Api.DownAsync();
        Assert.Equal("verified", (await AskAsync(node, pod, "plain", "again")).OrThrow().Leases.Single().PodAssurance);
        var unseen = new FakePod("default", "unseen", "n1");
        Assert.Equal("unverified", (await AskAsync(node, unseen)).OrThrow().Leases.Single().PodAssurance);
    }

    [Fact]
    public async Task Without_the_right_to_read_pods_grants_go_on_unverified_and_the_log_says_so_once()
    {
        await using var world = await ClusterWorld.StartAsync();
        await PoolAsync(world, "plain", "10.63.0.0/16");
        var (_, node, _) = await world.JoinAsync("n1");
        world.Api.ForbidsPods = true;
        world.Api.Compact();
        await world.Api.DropWatchesAsync();
        await Eventually.HoldsAsync(
            "the log says so", () => Task.FromResult(Told(world).Any()), ClusterWorld.Soon);

        var reads = world.Api.PodReads;
        var lease = (await AskAsync(node, new FakePod("default", "web", "n1"))).OrThrow().Leases.Single();

        Assert.Equal(("unverified", reads), (lease.PodAssurance, world.Api.PodReads));
        Assert.Single(Told(world));
    }

    private static IEnumerable<string> Told(ClusterWorld world) =>
        world.Broker.Log.Lines.Where(line => line.Contains("may not read pods", StringComparison.Ordinal));

    private static Task<ApiResult<LeasesGrantedResponse>> AskAsync(
        NodeApi node, FakePod pod, string? pool = null, string container = "c") => node.GrantLeaseAsync(
            new(
                $"ask-{pod.Name}-{container}",
                "net",
                $"{container}-{pod.Name}",
                "eth0",
                new(pod.Namespace, pod.Name, pod.Uid),
                null,
                pool is null ? null : [pool]),
            Cancellation);

    private static async Task PoolAsync(ClusterWorld world, string name, string cidr) =>
        _ = (await world.Broker.Operator.DefinePoolAsync(name, new(cidr, Open: true), Cancellation)).OrThrow();
}
