using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Views;
using Broker.Journal.Events;
using Broker.Journal.Reading;
using Broker.Tests.Core;
using Xunit;

namespace Broker.Tests.Journal.Reading;

/// <summary>What the state machine writes is what the verifier expects, after a trip through the bytes.</summary>
public sealed class ChainCheckTests(ITestOutputHelper output)
{
    [Fact]
    public void The_events_of_long_lives_are_chained_as_the_verifier_expects()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            output.WriteLine($"seed {seed}");
            var facts = Live(new Random(seed));
            var check = new ChainCheck();
            for (var i = 0; i < facts.Count; i++)
            {
                check.Take(i, EventCodec.Decode(EventCodec.Encode(facts[i])));
            }
        }
    }

    [Fact]
    public void A_prev_that_is_left_out_or_wrong_is_found_at_every_event()
    {
        var facts = Live(new Random(1));
        for (var wrong = 1; wrong < facts.Count; wrong += 7)
        {
            if (facts[wrong].Prev is not { } prev)
            {
                continue;
            }

            var changed = facts[wrong] with { Prev = prev == 0 ? null : prev - 1 };
            var check = new ChainCheck();
            for (var i = 0; i < wrong; i++)
            {
                check.Take(i, facts[i]);
            }

            var error = Assert.Throws<JournalDamagedException>(() => check.Take(wrong, changed));
            Assert.Equal(("prev_wrong", (long)wrong), (error.Code, error.Position));
        }
    }

    [Fact]
    public void A_lease_in_a_block_that_was_released_is_found()
    {
        var facts = Live(new Random(2));
        var released = facts.Select(f => f.Event).OfType<BlockReleased>().First();
        var check = new ChainCheck();
        for (var i = 0; i < facts.Count; i++)
        {
            check.Take(i, facts[i]);
        }

        var late = facts[^1] with
        {
            Event = new LeaseReleased(released.Block.Network, released.Generation, 5),
        };
        Assert.Equal(
            "generation_unknown",
            Assert.Throws<JournalDamagedException>(() => check.Take(facts.Count, late)).Code);
    }

    [Fact]
    public void A_token_that_the_state_forgot_may_begin_anew()
    {
        var world = new World();
        _ = world.Issue("abc123");
        var check = new ChainCheck();
        check.Take(0, world.Facts[0]);
        check.Take(1, world.Facts[1]);

        check.Take(2, world.Facts[1]);
    }

    [Fact]
    public void A_drop_that_names_no_reservation_is_found()
    {
        var world = new World();
        _ = world.Define(World.Pool("p", "10.0.0.0/24", 26));
        _ = world.Drop(world.Reserve("10.0.0.5"));
        var check = new ChainCheck();
        for (var i = 0; i < world.Facts.Count; i++)
        {
            check.Take(i, world.Facts[i]);
        }

        Assert.Throws<JournalDamagedException>(() => check.Take(world.Facts.Count, world.Facts[^1]));
    }

    private static List<Fact> Live(Random random)
    {
        var world = new World { Validates = false };
        _ = world.Define(World.Pool("four", "10.0.0.0/24", 29, cooldown: 5, blockCooldown: 5));
        var callers = new[] { world.Admit("node-a"), world.Admit("node-b") };
        var blocks = new List<(NodeCaller Caller, BlockView Block)>();
        for (var step = 0; step < 400; step++)
        {
            var caller = callers[random.Next(2)];
            world.StepWall(step is 100 or 300 ? -3600 : 0);
            switch (random.Next(9))
            {
                case 0 or 1:
                    _ = world.Decide(world.Lease(caller, $"c{random.Next(12)}"));
                    break;
                case 2 or 3:
                    _ = world.Decide(new ReleaseLease(caller, World.Attach(caller, $"c{random.Next(12)}")));
                    break;
                case 4 when world.Decide(world.Blocks(caller)).Answer is BlocksGranted granted:
                    blocks.AddRange(granted.Blocks.Select(b => (caller, b)));
                    break;
                case 5 when blocks.Count > 0:
                    var (holder, block) = blocks[random.Next(blocks.Count)];
                    _ = world.Decide(new ReleaseBlock(holder, block.Block, block.Generation));
                    break;
                case 7:
                    var first = random.Next(220, 256);
                    var text = random.Next(2) == 0 ? $"10.0.0.{first}" : $"10.0.0.{first}-10.0.0.255";
                    _ = world.Decide(World.Reservation(text));
                    break;
                case 8 when world.Queries.Reservations() is [var made, ..]:
                    _ = world.Drop(made);
                    break;
                case 8:
                    var spec = world.Queries.Pools()[0].Spec;
                    _ = world.Define(spec with { AddressCooldownSeconds = 5 + random.Next(3) });
                    break;
                default:
                    world.Pass(random.Next(8));
                    break;
            }
        }

        Assert.Contains(world.Facts, f => f.Event is BlockReleased);
        Assert.Contains(world.Facts, f => f.Event is ClockStepped);
        Assert.Contains(world.Facts, f => f.Event is ReservationDropped { Addresses.IsSingle: true });
        return world.Facts;
    }
}
