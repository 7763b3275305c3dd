using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>Pools whose blocks are the podCIDRs of Nodes.</summary>
public sealed class PodCidrTests
{
    private readonly World _world = new();
    private readonly Cluster _cluster;

    public PodCidrTests() => _cluster = new Cluster(_world);

    [Fact]
    public void A_node_gets_one_block_of_each_family_in_one_commit_without_knowing_the_pools()
    {
        Define();
        _world.Define(World.Pool("a", "10.9.0.0/16", 26));
        var node = _cluster.Join("node-a");

        var blocks = _world.Run(_world.Blocks(node)).Blocks;

        Assert.Equal(["10.0.0.0/24", "fd00::/64"], blocks.Select(block => block.Block.ToString()));
        Assert.Equal(2, _world.Facts.TakeLast(2).Count(fact => fact.Event is BlockGranted));
        Assert.Single(_world.Facts.TakeLast(2).Select(fact => fact.Request).Distinct());
        _world.Refused(RefusalCode.BlockLimit, _world.Blocks(node));
        _world.Refused(RefusalCode.BlockLimit, _world.Blocks(node, "v4", "v6"));
        _world.Refused(RefusalCode.PodCidrsIncomplete, _world.Blocks(_cluster.Join("node-b"), "v4"));
        Replays();
    }

    [Fact]
    public void With_one_family_exhausted_or_closed_neither_is_granted()
    {
        _world.Define(Pool("v4", "10.0.0.0/16", 24));
        var (node, other) = (_cluster.Join("node-a"), _cluster.Join("node-b"));
        _world.Define(Pool("v6", "fd00::/64", 64), open: false);
        _world.Refused(RefusalCode.PoolAdopting, _world.Blocks(node));
        _world.Refused(RefusalCode.PoolAdopting, _world.Lease(node, "c1"));
        _world.Run(new OpenPool(World.Operator, PoolName.Parse("v6"), null));
        _world.Run(_world.Blocks(other));
        var size = _world.Ledger.Size;

        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node));
        _world.Refused(RefusalCode.PoolExhausted, _world.Lease(node, "c1"));

        Assert.Equal(size, _world.Ledger.Size);
        Assert.Empty(_world.Queries.Blocks(node.Name));
    }

    [Fact]
    public void A_lease_of_one_family_brings_the_blocks_of_both()
    {
        Define();
        var node = _cluster.Join("node-a");
        var lease = _world.Lease(node, "c1") with { Families = [Broker.Core.Addresses.IpFamily.IPv4] };

        var granted = Assert.Single(_world.Run(lease).Leases);

        Assert.Equal("10.0.0.2", granted.Address.ToString());
        Assert.Equal(["10.0.0.0/24", "fd00::/64"], _world.Queries.Blocks(node.Name).Select(b => b.Block.ToString()));
        Assert.True(_world.Run(lease).Repeated);
        Assert.Equal(2, _world.Run(_world.Lease(node, "c2")).Leases.Count);
        Replays();
    }

    [Fact]
    public void A_pool_that_came_later_adds_nothing_to_a_Node_that_is_written()
    {
        _world.Define(Pool("v4", "10.0.0.0/16", 24));
        var node = _cluster.Join("node-a");
        _world.Block(node);
        _world.Define(Pool("v6", "fd00::/48", 64));

        _world.Refused(RefusalCode.BlockLimit, _world.Blocks(node));
        _world.Refused(RefusalCode.BlockLimit, _world.Lease(node, "c1") with
        {
            Families = [Broker.Core.Addresses.IpFamily.IPv6],
        });
        Assert.Single(_world.Queries.Blocks(node.Name));
    }

    [Fact]
    public void Its_node_cannot_give_it_back_and_nobody_takes_it_while_the_Node_exists()
    {
        _world.Define(Pool("v4", "10.0.0.0/16", 24) with { NodeDeletionIsEvidence = true });
        var node = _cluster.Join("node-a");
        var block = _world.Block(node);
        var there = new ObservedNode(node.Name, node.Uid, World.Start);

        _world.Refused(RefusalCode.NodeExists, new ReleaseBlock(node, block.Block, block.Generation));
        _world.Refused(RefusalCode.NodeExists, Reclaims.ByOperator(block) with { NodeObject = there });
        _world.Run(new LoseNode(node.Name, node.Uid));
        _world.Refused(RefusalCode.NodeExists, Reclaims.ByRule(block, there));

        Assert.True(_world.Run(Reclaims.ByRule(block, _cluster.Node("node-a"))).Reclaimed);
        Replays();
    }

    [Fact]
    public void A_Node_that_was_made_anew_gets_another_block_while_the_old_one_cools()
    {
        _world.Define(Pool("v4", "10.0.0.0/16", 24) with { NodeDeletionIsEvidence = true });
        var old = _cluster.Join("node-a");
        var block = _world.Block(old);
        _world.Run(new LoseNode(old.Name, old.Uid));
        _world.Run(Reclaims.ByRule(block));
        _world.Pass(10);
        var again = _cluster.Node("node-a");
        var renewal = _cluster.Renewal("node-a", old.Certificate, again);
        _world.Run(renewal);
        _world.Run(new BindNode(again));

        var granted = _world.Block(_cluster.Caller(renewal));

        Assert.Equal("10.0.1.0/24", granted.Block.ToString());
        Assert.Equal(again.Uid, granted.Uid);
        _world.Refused(RefusalCode.Conflict, Reclaims.ByRule(granted) with { Evidence = Reclaims.Gone(old.Uid) });
    }

    [Fact]
    public void What_is_kept_back_closes_whole_blocks_for_a_reader_of_podCIDRs_knows_nothing_of_it()
    {
        var spec = Pool("v4", "10.0.0.0/21", 24);
        _world.Define(spec with { Exclusions = [World.Range("10.0.1.7")] });
        var kept = _world.Reserve("10.0.0.5");
        var other = _world.Reserve("10.0.0.9");
        _world.Drop(other);
        Assert.Equal("10.0.2.0/24", _world.Block(_cluster.Join("node-a")).Block.ToString());

        _world.Refused(RefusalCode.LessorAgent, World.Reservation("10.0.2.200"));
        _world.Refused(
            RefusalCode.PoolChangeRefused,
            new DefinePool(World.Operator, spec with { Exclusions = [World.Range("10.0.2.200")] }, true, null));
        _world.Drop(kept);
        Assert.Equal("10.0.0.0/24", _world.Block(_cluster.Join("node-b")).Block.ToString());
        Assert.Equal("10.0.3.0/24", _world.Block(_cluster.Join("node-c")).Block.ToString());
        Replays();
    }

    [Fact]
    public void Its_definition_allows_one_block_a_node_one_pool_a_family_and_no_change_of_heart()
    {
        var spec = Pool("v4", "10.0.0.0/16", 24);
        _world.Refused(
            RefusalCode.InvalidField, new DefinePool(World.Operator, spec with { BlocksPerNodeMax = 2 }, true, null));
        _world.Refused(
            RefusalCode.InvalidPool,
            new DefinePool(World.Operator, spec with { Network = PoolNetwork.Flat }, true, null));
        _world.Define(spec);
        _world.Refused(
            RefusalCode.PodCidrsPoolExists,
            new DefinePool(World.Operator, Pool("more", "10.1.0.0/16", 24), true, null));
        _world.Refused(
            RefusalCode.PoolChangeRefused, new DefinePool(World.Operator, spec with { PodCidrs = false }, true, null));
        _world.Define(World.Pool("a", "10.2.0.0/16", 24, blocksMax: 1));
        _world.Refused(RefusalCode.PoolChangeRefused, new DefinePool(
            World.Operator, World.Pool("a", "10.2.0.0/16", 24, blocksMax: 1) with { PodCidrs = true }, true, null));
        var grown = Broker.Core.Addresses.Cidr.Parse("10.0.0.0/15");
        Assert.Equal(
            grown, _world.Run(new DefinePool(World.Operator, spec with { Cidr = grown }, true, null)).Spec.Cidr);
    }

    private static PoolSpec Pool(string name, string cidr, int block) =>
        World.Pool(name, cidr, block, blocksMax: 1) with { PodCidrs = true };

    private void Define()
    {
        _world.Define(Pool("v6", "fd00::/48", 64));
        _world.Define(Pool("v4", "10.0.0.0/16", 24));
    }

    private void Replays() => Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
}
