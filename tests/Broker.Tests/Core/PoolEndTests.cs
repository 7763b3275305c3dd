using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Journal.Reading;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A pool is drained first and retired when all of it has ended.</summary>
public sealed class PoolEndTests
{
    private readonly World _world = new();
    private readonly NodeCaller _node;

    public PoolEndTests()
    {
        _world.Define(World.Pool("old", "10.0.0.0/24", 26));
        _node = _world.Admit("node-a");
    }

    [Fact]
    public void A_drained_pool_grants_nothing_and_takes_nothing_away()
    {
        var command = _world.Lease(_node, "c1");
        var held = Assert.Single(_world.Run(command).Leases);

        var view = _world.Run(Drain());

        Assert.Equal((false, true), (view.Open, view.Drained));
        Assert.Equal(view, _world.Queries.Pool(view.Spec.Name));
        Assert.Equal(held, Assert.Single(_world.Run(command).Leases)); // A repeat.
        _world.Refused(RefusalCode.PoolDrained, _world.Lease(_node, "c2"));
        _world.Refused(RefusalCode.PoolDrained, _world.Lease(_node, "c2", "old"));
        _world.Refused(RefusalCode.PoolDrained, _world.Blocks(_node, "old"));
        _world.Refused(RefusalCode.PoolDrained, _world.Blocks(_node));
        _world.Refused(
            RefusalCode.PoolDrained, _world.Lease(_node, "c2") with { Addresses = [held.Address.Plus(5)] });
        _world.Release(_node, "c1");
        _world.Refused(RefusalCode.PoolDrained, _world.Lease(_node, "c1"));
        Assert.Empty(_world.Decide(Drain()).Facts);
    }

    [Fact]
    public void What_comes_goes_to_the_other_pools_also_on_a_node_that_has_room_in_the_drained_one()
    {
        _world.Define(World.Pool("new", "10.0.1.0/24", 26));
        Assert.Equal("new", _world.Grant(_node, "c1").Pool.Value);
        Assert.Equal("old", _world.Grant(_node, "c2", "old").Pool.Value);

        _world.Run(Drain("new"));

        Assert.Equal("old", _world.Grant(_node, "c3").Pool.Value);
    }

    [Fact]
    public void A_pool_that_is_not_open_yet_leases_nothing_out_of_what_it_adopted()
    {
        var cluster = new Cluster(_world);
        _world.Define(
            World.Pool("adopting", "10.0.2.0/23", 24, blocksMax: 1) with { PodCidrs = true }, open: false);
        var seen = cluster.Node("node-b");
        var observed = cluster.First("node-b");
        _world.Run(observed);
        _world.Run(new BindNode(seen));
        _world.Run(new AdoptPodCidrs(
            new(seen.Name, seen.Uid, [Broker.Core.Addresses.Cidr.Parse("10.0.2.0/24")]),
            Broker.Core.Journal.PrivateText.Seal("the cluster", new byte[32])));
        Assert.Single(_world.Queries.Blocks(seen.Name));

        Assert.Equal("old", _world.Grant(cluster.Caller(observed), "c1").Pool.Value);
    }

    [Fact]
    public void Open_again_it_grants_but_not_by_a_definition_that_is_applied_again()
    {
        var spec = World.Pool("old", "10.0.0.0/24", 26);
        _world.Run(Drain());

        _world.Refused(RefusalCode.PoolDrained, new DefinePool(World.Operator, spec, true, null));
        _world.Refused(
            RefusalCode.PoolDrained,
            new DefinePool(World.Operator, spec with { BlockCooldownSeconds = 1 }, true, null));
        Assert.True(_world.Run(new DefinePool(World.Operator, spec, false, null)).Drained);
        var view = _world.Run(new OpenPool(World.Operator, spec.Name, null));

        Assert.Equal((true, false), (view.Open, view.Drained));
        Assert.Equal(view, _world.Queries.Pool(spec.Name));
        _world.Grant(_node, "c1");
    }

    [Fact]
    public void All_that_is_in_the_way_of_its_end_is_named_at_once()
    {
        _world.Refused(RefusalCode.PoolUnknown, Retire("none"));
        _world.Refused(RefusalCode.PoolUnknown, Drain("none"));
        var first = _world.Block(_node, "old");
        _world.Block(_node, "old");
        _world.Run(new ReleaseBlock(_node, first.Block, first.Generation));
        _world.Reserve("10.0.0.200-10.0.0.201");

        var refusal = _world.Decide(Retire()).Refusal!;

        Assert.Equal(RefusalCode.PoolInUse, refusal.Code);
        foreach (var what in (string[])
            ["not drained", "10.0.0.64/26 (node node-a)", "10.0.0.200-10.0.0.201", "cooling are 10.0.0.0/26"])
        {
            Assert.Contains(what, refusal.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Its_addresses_cannot_be_defined_anew_before_they_have_cooled()
    {
        var lease = _world.Grant(_node, "c1");
        _world.Run(Drain());
        _world.Release(_node, "c1");
        _world.Run(new ReleaseBlock(_node, lease.Block, lease.Generation));
        _world.Pass(599);
        _world.Refused(RefusalCode.PoolInUse, Retire());
        _world.Refused(
            RefusalCode.PoolOverlaps, new DefinePool(World.Operator, World.Pool("new", "10.0.0.0/16", 26), true, null));
        _world.Pass(1);

        _world.Run(Retire());

        Assert.Empty(_world.Queries.Pools());
        _world.Refused(RefusalCode.PoolUnknown, Retire());
        _world.Define(World.Pool("old", "10.0.0.0/25", 27));
        Assert.Equal("10.0.0.0/27", _world.Grant(_node, "c2").Block.ToString());
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void What_is_defined_in_its_place_begins_its_chains_anew()
    {
        var block = _world.Block(_node, "old");
        _world.Run(new ReleaseBlock(_node, block.Block, block.Generation));
        _world.Pass(600);
        _world.Run(Drain());
        _world.Run(Retire());
        _world.Define(World.Pool("old", "10.0.0.0/24", 26));
        _world.Block(_node, "old");

        var chains = new ChainCheck();
        for (var i = 0; i < _world.Facts.Count; i++)
        {
            chains.Take(i, _world.Facts[i]);
        }
    }

    private static DrainPool Drain(string pool = "old") => new(World.Operator, PoolName.Parse(pool), null);

    private static RetirePool Retire(string pool = "old") => new(World.Operator, PoolName.Parse(pool), null);
}
