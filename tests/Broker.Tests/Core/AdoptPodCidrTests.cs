using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.PodCidrs;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A cluster whose Nodes have podCIDRs before there is a ledger.</summary>
public sealed class AdoptPodCidrTests
{
    private static readonly PrivateText owner = PrivateText.Seal("a node", new byte[32]);
    private readonly World _world = new();
    private readonly Cluster _cluster;

    public AdoptPodCidrTests() => _cluster = new Cluster(_world);

    [Fact]
    public void What_an_admitted_Node_has_becomes_its_block_and_gives_no_event_again()
    {
        Define(open: false);
        var node = _cluster.Join("node-a");

        Assert.Empty(Adopt(node, "10.0.7.0/24", "fd00:0:0:7::/64"));
        var size = _world.Ledger.Size;
        Assert.Empty(Adopt(node, "10.0.7.0/24", "fd00:0:0:7::/64"));

        Assert.Equal(size, _world.Ledger.Size);
        Assert.Equal(
            ["10.0.7.0/24", "fd00:0:0:7::/64"], _world.Queries.Blocks(node.Name).Select(b => b.Block.ToString()));
        Assert.Equal(ActorRole.Broker, _world.Facts[^1].Actor.Role);
        Open([]);
        _world.Refused(RefusalCode.BlockLimit, _world.Blocks(node));
        Assert.Equal("10.0.0.0/24", _world.Run(_world.Blocks(_cluster.Join("node-b"))).Blocks[0].Block.ToString());
        Replays();
    }

    [Fact]
    public void What_a_Node_has_before_it_is_admitted_is_kept_back_for_it_and_for_nobody_else()
    {
        Define(open: false);
        var found = _cluster.Node("node-a");
        Assert.Empty(_world.Run(new AdoptPodCidrs(Seen(found.Name, found.Uid, "10.0.0.0/24"), owner)).Conflicts);
        var kept = Assert.Single(_world.Queries.Reservations());
        Assert.Equal(("node-a", owner), (kept.Name!.Value.Value, kept.Owner));
        Open([Seen(found.Name, found.Uid, "10.0.0.0/24")]);
        Assert.Equal("10.0.1.0/24", _world.Run(_world.Blocks(_cluster.Join("node-b"))).Blocks[0].Block.ToString());

        // Another Node says the same: the first one keeps it.
        var other = _cluster.Join("node-c");
        Assert.Contains("node-a", Assert.Single(Adopt(other, "10.0.0.0/24")));

        var observed = _cluster.First("node-a", found);
        _world.Run(observed);
        _world.Run(new BindNode(found));
        Assert.Empty(_world.Run(new AdoptPodCidrs(Seen(found.Name, found.Uid, "10.0.0.0/24"), owner)).Conflicts);

        Assert.Equal(found.Name, _world.Queries.BlockOf(IpAddress.Parse("10.0.0.1"))!.Node);
        Assert.Empty(_world.Queries.Reservations());
        Replays();
    }

    [Fact]
    public void What_is_no_block_of_the_pool_is_kept_back_while_it_adopts_and_named_once_it_is_open()
    {
        Define(open: false);
        var node = _cluster.Join("node-a");
        Assert.Empty(Adopt(node, "10.0.4.0/23"));
        Assert.Equal("10.0.4.0-10.0.5.255", Assert.Single(_world.Queries.Reservations()).Addresses.ToString());
        Assert.Empty(_world.Queries.Blocks(null));
        Open([Seen(node.Name, node.Uid, "10.0.4.0/23")]);

        Assert.Single(Adopt(_cluster.Join("node-b"), "10.0.128.0/17"));
        Assert.Single(_world.Queries.Reservations());
        Assert.Empty(Adopt(_cluster.Join("node-c"), "192.168.0.0/24"));
        Replays();
    }

    [Fact]
    public void A_pool_stays_closed_while_a_Nodes_podCIDR_in_it_is_not_written_down()
    {
        _world.Define(World.Pool("plain", "10.1.0.0/16", 26), open: false);
        Define(open: false);
        var (node, late) = (_cluster.Join("node-a"), _cluster.Node("late"));
        NodePodCidrs[] seen =
        [
            Seen(node.Name, node.Uid, "10.0.3.0/24", "10.1.3.0/24"), Seen(late.Name, late.Uid, "10.0.9.0/24"),
        ];

        var refused = _world.Decide(Opens("v4", seen)).Refusal!;
        Assert.Equal(RefusalCode.PodCidrsUnrecorded, refused.Code);
        Assert.Contains("10.0.3.0/24 of Node node-a, 10.0.9.0/24 of Node late", refused.Detail);
        _world.Refused(RefusalCode.PodCidrsUnrecorded, Opens("plain", seen));
        _world.Refused(
            RefusalCode.PodCidrsUnrecorded,
            new DefinePool(World.Operator, World.Pool("plain", "10.1.0.0/16", 26), true, null) { Seen = seen });

        foreach (var each in seen)
        {
            Assert.Empty(_world.Run(new AdoptPodCidrs(each, owner)).Conflicts);
        }

        _world.Reserve("10.1.3.0-10.1.3.255");
        Assert.True(_world.Run(Opens("v4", seen)).Open);
        Assert.True(_world.Run(Opens("plain", seen)).Open);
        Replays();
    }

    [Fact]
    public void Two_Nodes_with_one_podCIDR_keep_the_pool_closed()
    {
        Define(open: false);
        var (one, two) = (_cluster.Join("node-a"), _cluster.Join("node-b"));
        Assert.Empty(Adopt(one, "10.0.3.0/24"));
        Assert.Single(Adopt(two, "10.0.3.0/24"));

        var refused = _world.Decide(Opens(
            "v4", [Seen(one.Name, one.Uid, "10.0.3.0/24"), Seen(two.Name, two.Uid, "10.0.3.0/24")])).Refusal!;

        Assert.Equal(RefusalCode.PodCidrsUnrecorded, refused.Code);
        Assert.Contains("10.0.3.0/24 of Node node-b (Node node-a has 10.0.3.0/24)", refused.Detail);
    }

    [Fact]
    public void An_open_pool_does_not_grow_over_what_a_Node_has()
    {
        Define(open: true);
        var node = _cluster.Join("node-a");
        var grown = Pool("v4", "10.0.0.0/15", 24);

        _world.Refused(RefusalCode.PodCidrsUnrecorded, new DefinePool(World.Operator, grown, false, null)
        {
            Seen = [Seen(node.Name, node.Uid, "10.1.3.0/24")],
        });
        Assert.Equal(Cidr.Parse("10.0.0.0/16"), _world.Queries.Pool(grown.Name)!.Spec.Cidr);
    }

    [Fact]
    public void What_cools_is_not_written_down_for_another_Node_before_its_time()
    {
        _world.Define(Pool("v4", "10.0.0.0/16", 24) with { NodeDeletionIsEvidence = true });
        var old = _cluster.Join("node-a");
        var block = _world.Block(old);
        _world.Run(new LoseNode(old.Name, old.Uid));
        _world.Run(Reclaims.ByRule(block));
        var other = _cluster.Join("node-b");

        Assert.Empty(Adopt(other, "10.0.0.0/24"));
        Assert.Empty(_world.Queries.Blocks(null)); // It is kept back for that Node, and for nobody else.
        _world.Pass(600);
        Assert.Empty(Adopt(other, "10.0.0.0/24"));

        Assert.Equal(other.Name, Assert.Single(_world.Queries.Blocks(null)).Node);
        Replays();
    }

    [Fact]
    public void What_another_node_was_granted_stays_that_nodes()
    {
        Define(open: true);
        var node = _cluster.Join("node-a");
        _world.Run(_world.Blocks(node));
        var size = _world.Ledger.Size;

        Assert.Contains("node-a", Assert.Single(Adopt(_cluster.Join("node-b"), "10.0.0.0/24")));
        Assert.Contains("node-a", Assert.Single(_world.Run(new AdoptPodCidrs(
            Seen(node.Name, NodeUid.Parse("another-uid"), "10.0.0.0/24"), owner)).Conflicts));
        Assert.Single(Adopt(node, "10.0.5.0/24", "10.0.6.0/24").Take(1));

        Assert.Equal(node.Name, _world.Queries.BlockOf(IpAddress.Parse("10.0.0.1"))!.Node);
        Assert.True(_world.Ledger.Size >= size);
    }

    private static PoolSpec Pool(string name, string cidr, int block) =>
        World.Pool(name, cidr, block, blocksMax: 1) with { PodCidrs = true };

    private static NodePodCidrs Seen(NodeName node, NodeUid uid, params string[] cidrs) =>
        new(node, uid, [.. cidrs.Select(Cidr.Parse)]);

    private static OpenPool Opens(string pool, IReadOnlyList<NodePodCidrs> seen) =>
        new(World.Operator, PoolName.Parse(pool), null) { Seen = seen };

    private void Define(bool open)
    {
        _world.Define(Pool("v4", "10.0.0.0/16", 24), open);
        _world.Define(Pool("v6", "fd00::/48", 64), open);
    }

    private void Open(IReadOnlyList<NodePodCidrs> seen)
    {
        Assert.True(_world.Run(Opens("v4", seen)).Open);
        Assert.True(_world.Run(Opens("v6", seen)).Open);
    }

    private IReadOnlyList<string> Adopt(NodeCaller node, params string[] cidrs) =>
        _world.Run(new AdoptPodCidrs(Seen(node.Name, node.Uid, cidrs), owner)).Conflicts;

    private void Replays() => Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
}
