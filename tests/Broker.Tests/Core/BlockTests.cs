using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

public sealed class BlockTests
{
    private readonly World _world = new();

    [Fact]
    public void Without_a_name_the_first_open_pool_of_each_family_is_taken()
    {
        _world.Define(World.Pool("a", "10.1.0.0/16", 26), open: false);
        _world.Define(World.Pool("c", "10.3.0.0/16", 26, lessor: Lessor.Agent));
        _world.Define(World.Pool("b", "10.2.0.0/16", 26));
        _world.Define(World.Pool("six", "fd00::/64", 122));
        var node = _world.Admit("node-a");

        var blocks = _world.Run(_world.Blocks(node)).Blocks;

        Assert.Equal(["10.2.0.0/26", "fd00::/122"], blocks.Select(block => block.Block.ToString()));
        Assert.Equal(_world.Queries.Blocks(node.Name), blocks);
        Assert.Equal(node.Certificate, blocks[0].Certificate);
        Assert.Equal((61, 0, 0), (blocks[0].FreeAtLeast, blocks[0].LeasesLive, blocks[0].AddressesCooling));
        Assert.Equal(Lessor.Agent, _world.Block(node, "c").Lessor);
    }

    [Fact]
    public void Several_pools_are_one_decision_or_none()
    {
        _world.Define(World.Pool("a", "10.1.0.0/16", 26));
        _world.Define(World.Pool("b", "10.2.0.0/26", 26));
        var (node, other) = (_world.Admit("node-a"), _world.Admit("node-b"));
        _world.Block(other, "b");

        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node, "a", "b"));

        Assert.Empty(_world.Queries.Blocks(node.Name));
        _world.Refused(RefusalCode.InvalidField, _world.Blocks(node, "a", "a"));
    }

    [Fact]
    public void A_repeat_is_answered_again_until_a_block_is_released()
    {
        _world.Define(World.Pool("a", "10.1.0.0/16", 26));
        _world.Define(World.Pool("b", "10.2.0.0/16", 26));
        var node = _world.Admit("node-a");
        var command = _world.Blocks(node, "a", "b");
        var first = _world.Run(command);
        var size = _world.Ledger.Size;

        var again = _world.Run(command);

        Assert.True(again.Repeated);
        Assert.Equal(first.Blocks, again.Blocks);
        Assert.Equal(size, _world.Ledger.Size);
        _world.Refused(RefusalCode.Conflict, command with { Pools = [PoolName.Parse("a")] });
        Assert.True(_world.Run(command with { Pools = [] }).Repeated);
        Assert.True(_world.Run(new ReleaseBlock(node, first.Blocks[1].Block, first.Blocks[1].Generation)).Released);
        _world.Refused(RefusalCode.RequestEnded, command);
        _world.Pass(601);
        Assert.False(_world.Run(command).Repeated);
    }

    [Fact]
    public void A_release_names_the_generation_and_a_stale_one_changes_nothing()
    {
        _world.Define(World.Pool("a", "10.1.0.0/26", 26, blockCooldown: 0, cooldown: 0));
        var (node, other) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var old = _world.Block(node, "a");
        Assert.True(_world.Run(new ReleaseBlock(node, old.Block, old.Generation)).Released);
        Assert.False(_world.Run(new ReleaseBlock(node, old.Block, old.Generation)).Released);
        var block = _world.Block(other, "a");
        Assert.Equal(_world.Facts.Count - 2, _world.Facts[^1].Prev);
        var size = _world.Ledger.Size;

        Assert.False(_world.Run(new ReleaseBlock(node, old.Block, old.Generation)).Released);

        Assert.Equal(size, _world.Ledger.Size);
        Assert.Equal(block, Assert.Single(_world.Queries.Blocks(null)));
        _world.Refused(RefusalCode.BlockUnknown, new ReleaseBlock(node, block.Block, block.Generation));
        _world.Refused(RefusalCode.GenerationStale, new ReleaseBlock(other, block.Block, new Generation(size)));
        _world.Refused(RefusalCode.BlockUnknown, new ReleaseBlock(node, Cidr.Parse("10.1.0.0/27"), old.Generation));
        _world.Refused(RefusalCode.BlockUnknown, new ReleaseBlock(node, Cidr.Parse("11.1.0.0/26"), old.Generation));
    }

    [Fact]
    public void A_block_in_which_something_is_held_stays()
    {
        _world.Define(World.Pool("a", "10.1.0.0/16", 26));
        var node = _world.Admit("node-a");
        var lease = _world.Grant(node, "c1");

        _world.Refused(RefusalCode.BlockInUse, new ReleaseBlock(node, lease.Block, lease.Generation));
        _world.Release(node, "c1");
        Assert.True(_world.Run(new ReleaseBlock(node, lease.Block, lease.Generation)).Released);
        Assert.Null(_world.Queries.BlockOf(lease.Address));
    }

    [Fact]
    public void A_released_block_waits_for_the_longer_of_both_cooldowns()
    {
        _world.Define(World.Pool("a", "10.1.0.0/30", 30, cooldown: 900, blockCooldown: 10));
        var (node, other) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var lease = _world.Grant(node, "c1");
        _world.Release(node, "c1");
        _world.Run(new ReleaseBlock(node, lease.Block, lease.Generation));

        _world.Pass(899);
        Assert.Equal(1, _world.Queries.Pool(lease.Pool)?.BlocksCooling);
        _world.Refused(RefusalCode.PoolExhausted, _world.Lease(other, "c1"));
        _world.Pass(1);
        Assert.Equal(lease.Address, _world.Grant(other, "c1").Address);
        Assert.Equal(0, _world.Queries.Pool(lease.Pool)?.BlocksCooling);
    }

    [Fact]
    public void Never_used_blocks_come_first_then_the_longest_released()
    {
        _world.Define(World.Pool("a", "10.1.0.0/24", 26, cooldown: 0, blockCooldown: 60));
        var node = _world.Admit("node-a");
        var blocks = Enumerable.Range(0, 3).Select(_ => _world.Block(node, "a")).ToList();
        _world.Run(new ReleaseBlock(node, blocks[1].Block, blocks[1].Generation));
        _world.Pass(1);
        _world.Run(new ReleaseBlock(node, blocks[0].Block, blocks[0].Generation));
        _world.Pass(59);

        Assert.Equal("10.1.0.192/26", _world.Block(node, "a").Block.ToString());
        Assert.Equal(blocks[1].Block, _world.Block(node, "a").Block);
        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node, "a"));
        _world.Pass(1);
        Assert.Equal(blocks[0].Block, _world.Block(node, "a").Block);
    }

    [Fact]
    public void A_node_holds_no_more_blocks_than_it_may()
    {
        _world.Define(World.Pool("a", "10.1.0.0/16", 30, blocksMax: 2));
        var node = _world.Admit("node-a");
        _world.Block(node, "a");
        _world.Grant(node, "c1");
        var second = _world.Block(node, "a");

        _world.Refused(RefusalCode.BlockLimit, _world.Blocks(node, "a"));

        _world.Grant(node, "c2");
        _world.Refused(RefusalCode.BlockLimit, _world.Lease(node, "c3"));
        _world.Release(node, "c2");
        _world.Run(new ReleaseBlock(node, second.Block, second.Generation));
        _world.Grant(node, "c3");
    }

    [Fact]
    public void The_broker_does_not_lease_in_a_block_of_an_agent()
    {
        _world.Define(World.Pool("a", "10.1.0.0/16", 26, lessor: Lessor.Agent));
        var node = _world.Admit("node-a");
        _world.Block(node, "a");

        _world.Refused(RefusalCode.LessorAgent, _world.Lease(node, "c1"));
        _world.Define(World.Pool("b", "10.2.0.0/16", 26));
        Assert.Equal("b", _world.Grant(node, "c1").Pool.Value);
    }

    [Fact]
    public void A_block_whose_addresses_cool_comes_back_by_itself()
    {
        _world.Define(World.Pool("a", "10.1.0.0/16", 31, PoolNetwork.Host, blocksMax: 3));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 6; i++)
        {
            _world.Grant(node, $"c{i}");
        }

        _world.Release(node, "c4");
        _world.Pass(5);
        _world.Release(node, "c1");
        _world.Refused(RefusalCode.BlockLimit, _world.Lease(node, "d"));
        _world.Pass(55);
        Assert.Equal("10.1.0.4", _world.Grant(node, "d").Address.ToString());
        _world.Pass(5);
        Assert.Equal("10.1.0.1", _world.Grant(node, "e").Address.ToString());
    }
}
