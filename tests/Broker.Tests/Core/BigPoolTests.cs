using Broker.Core.Commands;
using Broker.Core.Pools;
using Broker.Core.Requests;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A grant costs the same in a pool of any size, and what is remembered stays bounded.</summary>
public sealed class BigPoolTests
{
    /// <summary>More than any grant of a lease allocates, less than any scan.</summary>
    private const long GrantBytesMax = 20_000;

    private readonly World _world = new() { Validates = false };

    [Theory]
    [InlineData("10.0.0.0/8", 16, "10.0.0.0-10.254.255.255", "10.255.0.2")]
    [InlineData("10.0.0.0/8", 32, "10.0.0.0-10.255.255.254", "10.255.255.255")]
    [InlineData("10.0.0.0/8", 30, "10.0.0.3-10.255.255.253", "10.0.0.2")]
    [InlineData("fd00::/48", 122, "fd00::-fd00::ffff:ffff:ffff:ff7f", "fd00::ffff:ffff:ffff:ff82")]
    [InlineData("fd00::/16", 16, "fd00::-fd00:ffff::", "fd00:ffff::1")]
    public void A_wide_exclusion_is_jumped_over(string cidr, int block, string excluded, string first)
    {
        var network = block == 32 ? PoolNetwork.Host : PoolNetwork.Routed;
        _world.Define(World.Pool("p", cidr, block, network, exclusions: excluded));
        var node = _world.Admit("node-a");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var lease = _world.Grant(node, "c1");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, GrantBytesMax);
        Assert.Equal(first, lease.Address.ToString());
        Assert.Empty(_world.Ledger.Validate());
    }

    [Fact]
    public void A_slash_eight_is_granted_past_its_window_and_released_blocks_are_preferred_there()
    {
        _world.Define(World.Pool("p", "10.0.0.0/8", 26, blocksMax: 65_536, blockCooldown: 0, cooldown: 0));
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var first = _world.Block(a, "p");
        for (var i = 1; i < PoolState.WindowBlocks; i++)
        {
            _world.Block(a, "p");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("10.64.0.0/26", _world.Block(b, "p").Block.ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, GrantBytesMax);
        _world.Run(new ReleaseBlock(a, first.Block, first.Generation));
        Assert.Equal(first.Block, _world.Block(b, "p").Block);
        Assert.Equal("10.64.0.64/26", _world.Block(b, "p").Block.ToString());
        Assert.Empty(_world.Ledger.Validate());
    }

    [Fact]
    public void A_block_gives_out_its_window_and_then_waits_for_the_first_that_cools()
    {
        _world.Define(World.Pool("p", "fd00::/64", 64, blocksMax: 1));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 65_536; i++)
        {
            _world.Grant(node, $"c{i}");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(_world.Decide(_world.Lease(node, "d")).Refusal);
        _world.Release(node, "c40000");
        _world.Pass(60);
        Assert.Equal("fd00::9c42", _world.Grant(node, "d").Address.ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, GrantBytesMax);
        Assert.Empty(_world.Ledger.Validate());
    }

    [Fact]
    public void Two_hundred_thousand_pairs_with_a_hundred_live_stay_within_the_window()
    {
        _world.Define(World.Pool("p", "fd00::/64", 64, blocksMax: 1, cooldown: 1));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 200_000; i++)
        {
            _world.Grant(node, $"c{i}");
            if (i >= 100)
            {
                _world.Release(node, $"c{i - 100}");
            }

            if (i % 1_000 == 0)
            {
                _world.Pass(1);
            }
        }

        var state = _world.Ledger.State;
        var block = Assert.Single(Assert.Single(state.Pools.All).Live.Values);
        Assert.Equal((100, 100), (block.Addresses.Live, state.Leases.Count));
        Assert.Equal(65_536, block.Addresses.Capacity);
        Assert.Equal(100, state.Requests.Count);
        Assert.Equal(RequestsState.EndedMax, state.Requests.Ended.Count);
        Assert.Empty(_world.Ledger.Validate());
    }

    [Fact]
    public void Releases_of_unknown_attachments_are_remembered_up_to_a_bound()
    {
        var node = _world.Admit("node-a");
        for (var i = 0; i < 70_000; i++)
        {
            _world.Release(node, $"c{i}");
        }

        Assert.Equal(RequestsState.EndedMax, _world.Ledger.State.Requests.Tombstones.Count);
        _world.Pass(600);
        _world.Release(node, "d");
        Assert.Equal(1, _world.Ledger.State.Requests.Tombstones.Count);
    }

    [Fact]
    public void What_is_known_of_addresses_goes_with_their_block()
    {
        _world.Define(World.Pool("p", "10.0.0.0/8", 24, blockCooldown: 0, cooldown: 0));
        var node = _world.Admit("node-a");
        for (var round = 0; round < 1_000; round++)
        {
            var lease = _world.Grant(node, "c");
            _world.Release(node, "c");
            _world.Run(new ReleaseBlock(node, lease.Block, lease.Generation));
        }

        var pool = Assert.Single(_world.Ledger.State.Pools.All);
        Assert.Equal((0, 1_000), (pool.Live.Count, pool.Released.Count));
        Assert.Empty(_world.Queries.Node(node.Name)!.Next);
        Assert.Empty(_world.Ledger.Validate());
    }
}
