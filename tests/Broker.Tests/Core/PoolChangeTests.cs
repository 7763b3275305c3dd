using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

public sealed class PoolChangeTests
{
    private readonly World _world = new();

    [Fact]
    public void A_change_is_an_event_on_the_pool_and_the_same_again_is_none()
    {
        var defined = _world.Define(World.Pool("p", "10.0.0.0/16", 26), open: false);
        var spec = World.Pool("p", "10.0.0.0/16", 26, cooldown: 5, exclusions: ["10.0.0.9"]);

        var changed = _world.Define(spec);

        Assert.Equal((defined.Position + 1, true), (changed.Position, changed.Open));
        Assert.IsType<PoolChanged>(_world.Facts[(int)changed.Position].Event);
        Assert.Equal(defined.Position, _world.Facts[(int)changed.Position].Prev);
        Assert.Equal(changed.Position, _world.Facts[^1].Prev);
        Assert.Equal(changed, _world.Queries.Pool(spec.Name));
        var size = _world.Ledger.Size;
        var again = new DefinePool(World.Operator, spec, true, null) { SeenPosition = defined.Position };
        Assert.Equal(changed, _world.Run(again)); // A retry, whose answer was lost.
        Assert.Equal(size, _world.Ledger.Size);
    }

    [Fact]
    public void A_change_of_what_was_changed_meanwhile_is_a_conflict()
    {
        var spec = World.Pool("p", "10.0.0.0/16", 26);
        var seen = _world.Define(spec).Position;
        var mine = Change(spec with { AddressCooldownSeconds = 1 }, seen);
        var theirs = Change(spec with { AddressCooldownSeconds = 2 }, seen);

        _world.Reserve("10.0.1.0-10.0.1.9"); // An event on the pool, not on its definition.
        _world.Run(mine);

        _world.Refused(RefusalCode.Conflict, theirs);
        Assert.Equal(1, _world.Queries.Pool(spec.Name)!.Spec.AddressCooldownSeconds);
    }

    [Fact]
    public void All_that_is_in_the_way_is_named_at_once()
    {
        var spec = World.Pool("p", "10.0.0.0/16", 26, blocksMax: 9);
        _world.Define(spec);
        _world.Define(World.Pool("beside", "10.1.0.0/16", 26));
        _world.Define(World.Pool("above", "10.2.0.0/15", 26));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 5; i++)
        {
            _world.Grant(node, $"c{i}", "p");
        }

        var refusal = _world.Decide(Change(
            World.Pool("p", "10.0.0.0/14", 25, PoolNetwork.Host, Lessor.Agent, exclusions: "10.0.0.4-10.1.0.7")))
            .Refusal!;

        Assert.Equal(RefusalCode.PoolChangeRefused, refusal.Code);
        foreach (var part in (string[])
        [
            "blockPrefixLength: it stays /26", "network: it stays routed", "commit:", "10.1.0.0/16 of beside",
            "10.2.0.0/15 of above", "10.0.0.4 (pod default/pod-c2 on node node-a)", "10.0.0.6",
        ])
        {
            Assert.Contains(part, refusal.Detail, StringComparison.Ordinal);
        }

        refusal = _world.Decide(Change(spec with { Exclusions = [World.Range("10.0.0.2-10.0.0.9")] })).Refusal!;
        Assert.Contains("and 2 more", refusal.Detail, StringComparison.Ordinal);
        foreach (var cidr in (string[])["10.0.0.0/17", "10.4.0.0/15"])
        {
            refusal = _world.Decide(Change(World.Pool("p", cidr, 26))).Refusal!;
            Assert.Contains("10.0.0.0/16 must stay inside", refusal.Detail, StringComparison.Ordinal);
        }

        refusal = _world.Decide(Change(World.Pool("p", "fd00::/64", 122))).Refusal!;
        Assert.Contains("cidr:", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PoolNetwork.Routed)]
    [InlineData(PoolNetwork.Host)]
    public void A_pool_grows_to_both_sides_and_what_is_held_stays(PoolNetwork network)
    {
        _world.Define(World.Pool("p", "10.0.2.0/24", 26, network, cooldown: 0));
        var node = _world.Admit("node-a");
        var lease = _world.Grant(node, "c1");
        _world.Release(node, _world.Grant(node, "c2").Attachment.ContainerId);

        _world.Define(World.Pool("p", "10.0.0.0/21", 26, network, cooldown: 0));

        Assert.Equal(lease, _world.Queries.LeaseOf(lease.Address));
        Assert.Equal((UInt128)32, Assert.Single(_world.Queries.Pools()).BlocksTotal);
        var blocks = new List<string>();
        for (var i = 0; i < 31; i++)
        {
            blocks.Add(_world.Block(node, "p").Block.ToString());
        }

        Assert.Equal(("10.0.0.0/26", "10.0.7.192/26"), (blocks[0], blocks[^1]));
        Assert.DoesNotContain("10.0.2.0/26", blocks);
        Assert.Equal(31, blocks.Distinct().Count());
        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node, "p"));
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void A_flat_pool_grows_only_while_nobody_uses_its_gateway()
    {
        _world.Define(World.Pool("p", "10.0.1.0/24", 26, PoolNetwork.Flat));
        var node = _world.Admit("node-a");
        var block = _world.Block(node, "p");
        var wider = World.Pool("p", "10.0.0.0/23", 26, PoolNetwork.Flat);

        _world.Refused(RefusalCode.PoolChangeRefused, Change(wider));
        _world.Run(new ReleaseBlock(node, block.Block, block.Generation));
        _world.Run(Change(wider));

        var lease = _world.Grant(node, "c");
        Assert.Equal("10.0.0.2/23 10.0.0.1", $"{lease.Address}/{lease.PrefixLength} {lease.Gateway}");
    }

    [Fact]
    public void A_removed_exclusion_opens_its_addresses_in_a_live_block()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 29, exclusions: ["10.0.0.2-10.0.0.4"]));
        var node = _world.Admit("node-a");
        Assert.Equal("10.0.0.5", _world.Grant(node, "c1").Address.ToString());
        Assert.Equal(1, _world.Queries.Blocks(null)[0].FreeAtLeast);

        _world.Define(World.Pool("p", "10.0.0.0/24", 29, exclusions: ["10.0.0.3"]));

        Assert.Equal(3, _world.Queries.Blocks(null)[0].FreeAtLeast);
        Assert.Equal(
            ["10.0.0.2", "10.0.0.4", "10.0.0.6", "10.0.0.10"],
            Enumerable.Range(2, 4).Select(i => _world.Grant(node, $"c{i}").Address.ToString()));
    }

    [Fact]
    public void An_address_that_cools_while_it_is_excluded_waits_for_its_time_all_the_same()
    {
        var open = World.Pool("p", "10.0.0.0/30", 30, blocksMax: 1);
        var shut = World.Pool("p", "10.0.0.0/29", 30, blocksMax: 1, exclusions: "10.0.0.2");
        _world.Define(open);
        var (node, other) = (_world.Admit("node-a"), "c2");
        var lease = _world.Grant(node, "c1");
        _world.Release(node, "c1");
        var released = _world.Ledger.Size - 1;
        _world.Run(Change(shut));
        _world.Pass(59);
        _world.Run(Change(open with { Cidr = shut.Cidr }));

        _world.Refused(RefusalCode.BlockLimit, _world.Lease(node, other));
        _world.Pass(1);

        Assert.Equal(lease.Address, _world.Grant(node, other).Address);
        Assert.Equal(released, _world.Facts[^1].Prev);
    }

    [Fact]
    public void A_changed_cooldown_counts_at_once_also_for_what_cools_already()
    {
        var spec = World.Pool("p", "10.0.0.0/30", 30, cooldown: 600, blockCooldown: 900);
        _world.Define(spec);
        var node = _world.Admit("node-a");
        var lease = _world.Grant(node, "c1");
        _world.Release(node, "c1");
        _world.Pass(30);
        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "c2"));

        _world.Run(Change(spec with { AddressCooldownSeconds = 30, BlockCooldownSeconds = 50 }));

        Assert.Equal(lease.Address, _world.Grant(node, "c2").Address);
        _world.Release(node, "c2");
        _world.Run(new ReleaseBlock(node, lease.Block, lease.Generation));
        _world.Pass(49);
        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node, "p"));
        _world.Run(Change(spec with { AddressCooldownSeconds = 49, BlockCooldownSeconds = 0 }));
        _world.Block(node, "p");
    }

    [Fact]
    public void A_node_keeps_the_blocks_that_it_holds_above_a_lowered_limit()
    {
        var spec = World.Pool("p", "10.0.0.0/16", 26);
        _world.Define(spec);
        var node = _world.Admit("node-a");
        for (var i = 0; i < 3; i++)
        {
            _world.Block(node, "p");
        }

        _world.Run(Change(spec with { BlocksPerNodeMax = 2 }));

        Assert.Equal(3, _world.Queries.Blocks(node.Name).Count);
        _world.Refused(RefusalCode.BlockLimit, _world.Blocks(node, "p"));
    }

    [Fact]
    public void What_is_excluded_in_a_block_of_an_agent_the_agent_decides()
    {
        var spec = World.Pool("p", "10.0.0.0/16", 26, lessor: Lessor.Agent);
        _world.Define(spec);
        _world.Block(_world.Admit("node-a"), "p");

        var refusal = _world.Decide(Change(spec with { Exclusions = [World.Range("10.0.0.9")] })).Refusal!;

        Assert.Contains("10.0.0.0/26 (node node-a)", refusal.Detail, StringComparison.Ordinal);
        _world.Run(Change(spec with { Exclusions = [World.Range("10.0.1.9")] }));
    }

    [Fact]
    public void A_change_that_no_ledger_decides_is_not_applied()
    {
        var spec = World.Pool("p", "10.0.0.0/16", 26);
        _world.Define(spec);
        var lease = _world.Grant(_world.Admit("node-a"), "c");
        foreach (var wrong in (PoolSpec[])
        [
            spec with { BlockPrefixLength = 27 }, spec with { Network = PoolNetwork.Host },
            spec with { Lessor = Lessor.Agent }, spec with { Cidr = Cidr.Parse("10.0.0.0/17") },
            spec with { Exclusions = [new IpRange(lease.Address, lease.Address)] },
        ])
        {
            var fact = new Fact(World.Start, null, null, World.Operator, null, new PoolChanged(wrong, null));
            var ledger = Replay.Of(_world);
            Assert.Throws<InvalidOperationException>(() => ledger.Apply(ledger.Size, fact, default));
        }
    }

    private static DefinePool Change(PoolSpec spec, long? seen = null) =>
        new(World.Operator, spec, true, null) { SeenPosition = seen };
}
