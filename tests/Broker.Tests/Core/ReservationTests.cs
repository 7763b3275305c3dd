using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Reservations;
using Xunit;

namespace Broker.Tests.Core;

public sealed class ReservationTests
{
    private readonly World _world = new();

    [Fact]
    public void A_reserved_address_is_leased_by_no_block_old_or_new()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 29, cooldown: 0));
        var node = _world.Admit("node-a");
        Assert.Equal("10.0.0.2", _world.Grant(node, "c1").Address.ToString());

        _world.Reserve("10.0.0.3", "router-1");
        _world.Reserve("10.0.0.5-10.0.0.12");

        Assert.Equal(1, _world.Queries.Blocks(null)[0].FreeAtLeast);
        Assert.Equal(
            ["10.0.0.4", "10.0.0.13", "10.0.0.14", "10.0.0.18"],
            Enumerable.Range(2, 4).Select(i => _world.Grant(node, $"c{i}").Address.ToString()));
        Assert.Equal("router-1", _world.Queries.ReservationOf(IpAddress.Parse("10.0.0.3"))!.Name.ToString());
        Assert.Null(_world.Queries.ReservationOf(IpAddress.Parse("10.0.0.4")));
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void A_block_that_is_wholly_reserved_is_not_granted_and_counts_for_nothing()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 26, cooldown: 0, blockCooldown: 0));
        var node = _world.Admit("node-a");
        var block = _world.Block(node, "p");
        _world.Run(new ReleaseBlock(node, block.Block, block.Generation));
        var live = _world.Block(node, "p");

        _world.Reserve("10.0.0.2-10.0.0.126"); // One block released, one live; the edges are kept back anyhow.
        var after = Assert.Single(_world.Queries.Pools());

        Assert.Equal(((UInt128)3, 1L), (after.BlocksTotal, after.BlocksLive));
        Assert.Equal(0, _world.Queries.BlockOf(live.Block.Network)!.FreeAtLeast);
        Assert.Equal("10.0.0.128/26", _world.Block(node, "p").Block.ToString());
        Assert.Equal("10.0.0.192/26", _world.Block(node, "p").Block.ToString());
        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node, "p"));
        _world.Run(new ReleaseBlock(node, live.Block, live.Generation));
        Assert.Equal((UInt128)2, Assert.Single(_world.Queries.Pools()).BlocksTotal);
        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node, "p"));

        _world.Drop(_world.Queries.Reservations()[0]);

        Assert.Equal("10.0.0.0/26", _world.Block(node, "p").Block.ToString());
        Assert.Equal("10.0.0.64/26", _world.Block(node, "p").Block.ToString());
    }

    [Fact]
    public void A_cooling_address_may_be_reserved_and_cools_on()
    {
        _world.Define(World.Pool("p", "10.0.0.0/30", 30));
        var node = _world.Admit("node-a");
        var lease = _world.Grant(node, "c1");
        _world.Release(node, "c1");
        var made = _world.Reserve("10.0.0.0-10.0.0.3");
        _world.Pass(59);

        Assert.True(_world.Drop(made).Dropped);

        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "c2"));
        _world.Pass(1);
        Assert.Equal(lease.Address, _world.Grant(node, "c2").Address);
    }

    [Fact]
    public void A_cooling_block_may_be_reserved_and_cools_on()
    {
        _world.Define(World.Pool("p", "10.0.0.0/30", 30));
        var node = _world.Admit("node-a");
        var block = _world.Block(node, "p");
        _world.Run(new ReleaseBlock(node, block.Block, block.Generation));
        var made = _world.Reserve("10.0.0.2");
        _world.Pass(599);
        _world.Drop(made);

        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(node, "p"));
        _world.Pass(1);
        Assert.Equal(block.Block, _world.Block(node, "p").Block);
    }

    [Fact]
    public void The_holders_of_what_is_to_be_reserved_are_named()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 26));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 5; i++)
        {
            _world.Grant(node, $"c{i}");
        }

        var refusal = _world.Decide(World.Reservation("10.0.0.0/24")).Refusal!;

        Assert.Equal(RefusalCode.AddressHeld, refusal.Code);
        Assert.Contains("10.0.0.2 (pod default/pod-c0 on node node-a)", refusal.Detail, StringComparison.Ordinal);
        Assert.EndsWith("and 2 more.", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_reservation_is_answered_again_and_a_drop_too()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 26));
        var made = _world.Reserve("10.0.0.8", "vip");
        var size = _world.Ledger.Size;

        Assert.Equal(made.Position, _world.Reserve("10.0.0.8", "vip").Position);
        Assert.Equal(size, _world.Ledger.Size);
        _world.Refused(RefusalCode.Exists, World.Reservation("10.0.0.8", "vip-2"));
        Assert.True(_world.Drop(made).Dropped);
        Assert.False(_world.Drop(made).Dropped);
        var anew = _world.Reserve("10.0.0.8", "vip");
        _world.Refused(RefusalCode.Conflict, new DropReservation(World.Operator, made.Addresses, made.Position, null));
        Assert.True(_world.Drop(anew).Dropped);
    }

    [Fact]
    public void An_owner_is_compared_by_commitment_and_not_kept_in_memory()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 26));
        var owner = PrivateText.Seal("Ada", new byte[32]);
        var command = World.Reservation("10.0.0.8") with { Owner = owner };

        Assert.Equal("Ada", _world.Run(command).Owner!.Value);

        var kept = _world.Queries.Reservations()[0];
        Assert.Null(kept.Owner!.Value);
        Assert.Null(kept.MadeBy.PrivateName!.Value);
        Assert.Equal(kept.Position, _world.Run(command with { Owner = kept.Owner }).Position);
        _world.Refused(RefusalCode.Exists, command with { Owner = PrivateText.Seal("Ada", [.. new byte[31], 1]) });
    }

    [Fact]
    public void One_address_is_its_own_subject_and_a_range_is_its_pools()
    {
        var pool = _world.Define(World.Pool("p", "10.0.0.0/24", 26));
        var opened = _world.Ledger.Size - 1;

        var one = _world.Reserve("10.0.0.8");
        var range = _world.Reserve("10.0.0.64/26");
        _world.Drop(one);
        _world.Drop(range);
        _world.Reserve("10.0.0.8");

        Assert.Equal(
            ["ip/10.0.0.8 ", $"pool/p {opened}", $"ip/10.0.0.8 {one.Position}", $"pool/p {range.Position}",
                "ip/10.0.0.8 "],
            _world.Facts.TakeLast(5).Select(fact => $"{fact.Event.Subject} {fact.Prev}"));
        Assert.Equal(pool.Position, _world.Queries.Pool(pool.Spec.Name)!.Position);
    }

    [Fact]
    public void An_excluded_address_may_be_reserved_and_stays_excluded_when_it_is_dropped()
    {
        _world.Define(World.Pool("p", "10.0.0.0/29", 29, exclusions: ["10.0.0.2-10.0.0.4"]));
        var node = _world.Admit("node-a");
        _world.Drop(_world.Reserve("10.0.0.1-10.0.0.3", "routers"));

        Assert.Equal("10.0.0.5", _world.Grant(node, "c").Address.ToString());
    }

    [Fact]
    public void Half_a_slash_eight_and_many_single_addresses_cost_a_grant_nothing()
    {
        _world.Validates = false;
        _world.Define(World.Pool("p", "10.0.0.0/8", 26, blocksMax: 65_536));
        var node = _world.Admit("node-a");
        _world.Reserve("10.0.0.0-10.127.255.255");
        for (var i = 0; i < 20_000; i++)
        {
            _world.Reserve(IpAddress.Parse("10.128.0.2").Plus((UInt128)i).ToString());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var lease = _world.Grant(node, "c1");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.Equal("10.128.78.34", lease.Address.ToString());
        Assert.Empty(_world.Ledger.Validate());
    }

    [Fact]
    public void A_large_block_leases_beyond_what_is_reserved_at_its_head()
    {
        _world.Define(World.Pool("p", "fd00::/64", 64, blocksMax: 1, cooldown: 0));
        var node = _world.Admit("node-a");
        _world.Reserve("fd00::-fd00::ffff:ffff");
        _world.Reserve("fd00::1:0:1-fd00::1:ffff:ffff");

        Assert.Equal("fd00::1:0:0", _world.Grant(node, "c1").Address.ToString());
        Assert.Equal("fd00::2:0:0", _world.Grant(node, "c2").Address.ToString());
        Assert.Equal(65_534, _world.Queries.Blocks(null)[0].FreeAtLeast);
        _world.Reserve("fd00::2:0:2-fd00::2:0:ff");
        Assert.Equal("fd00::2:0:1", _world.Grant(node, "c3").Address.ToString());
        Assert.Equal("fd00::2:0:100", _world.Grant(node, "c4").Address.ToString());
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void A_ledger_has_a_bound_of_reservations()
    {
        _world.Validates = false;
        _world.Define(World.Pool("p", "10.0.0.0/8", 26));
        var random = new Random(7);
        var numbers = Enumerable.Range(0, ReservationsState.ReservationsMax).ToArray();
        random.Shuffle(numbers);
        foreach (var number in numbers)
        {
            _world.Reserve(IpAddress.Parse("10.0.0.0").Plus((UInt128)(2 * number)).ToString());
        }

        _world.Refused(RefusalCode.LedgerLimit, World.Reservation("10.200.0.0"));
        Assert.Empty(_world.Ledger.Validate());
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void A_reservation_that_no_ledger_decides_is_not_applied()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 26));
        var pool = PoolName.Parse("p");
        var lease = _world.Grant(_world.Admit("node-a"), "c");
        var made = _world.Reserve("10.0.0.8-10.0.0.9");
        var block = _world.Queries.BlockOf(lease.Address)!;
        foreach (var wrong in (LedgerEvent[])
        [
            new ReservationMade(World.Range("10.0.0.9"), pool, null, null, null, null),
            new ReservationMade(World.Range("10.0.1.9"), pool, null, null, null, null),
            new ReservationMade(new IpRange(lease.Address, lease.Address), pool, null, null, null, null),
            new ReservationDropped(World.Range("10.0.0.8"), pool, made.Position, null),
            new ReservationDropped(made.Addresses, pool, made.Position + 1, null),
            new LeaseGranted(
                made.Addresses.First, block.Generation, block.Node, lease.Attachment with { ContainerId = "d" },
                lease.Pod),
        ])
        {
            var fact = new Fact(World.Start, null, null, World.Operator, null, wrong);
            var ledger = Replay.Of(_world);
            Assert.Throws<InvalidOperationException>(() => ledger.Apply(ledger.Size, fact, default));
        }
    }
}
