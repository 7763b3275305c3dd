using Broker.Core.Events;
using Broker.Core.Time;
using Xunit;

namespace Broker.Tests.Core;

public sealed class ClockTests
{
    private readonly World _world = new();

    [Fact]
    public void Time_in_the_journal_never_goes_back_and_a_step_is_told_once()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        _world.Pass(100);
        _world.Grant(node, "c0");
        var last = _world.Facts[^1].At;
        _world.StepWall(-30);
        var size = _world.Ledger.Size;

        var lease = _world.Grant(node, "c1");

        Assert.Equal(new ClockStepped(30_000_000), _world.Facts[(int)size].Event);
        Assert.Equal(size + 1, lease.Position);
        Assert.Equal(last, lease.GrantedAt);
        Assert.Equal(0, _world.Facts[(int)size].Prev);
        Assert.Equal(lease, _world.Queries.LeaseOf(lease.Address));
        _world.Pass(10);
        _world.Grant(node, "c2");
        Assert.Single(_world.Facts, fact => fact.Event is ClockStepped);
        _world.Pass(30);
        _world.Grant(node, "c3");
        Assert.Equal(_world.Now.At, _world.Facts[^1].At);
        _world.StepWall(-2);
        _world.Grant(node, "c4");
        Assert.Equal(2, _world.Facts.Count(fact => fact.Event is ClockStepped));
    }

    [Fact]
    public void A_second_behind_is_not_a_step()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        _world.StepWall(-1);

        _world.Grant(node, "c0");

        Assert.DoesNotContain(_world.Facts, fact => fact.Event is ClockStepped);
        Assert.Equal(World.Start, _world.Facts[^1].At);
    }

    [Fact]
    public void A_repeat_writes_no_step()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var command = _world.Lease(node, "c0");
        _world.Run(command);
        _world.StepWall(-100);

        Assert.Empty(_world.Decide(command).Facts);
    }

    [Fact]
    public void No_step_of_the_wall_clock_ends_a_cooldown()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/32", 32, Broker.Core.Pools.PoolNetwork.Host));
        var node = _world.Admit("node-a");
        _world.Grant(node, "c0");
        _world.Release(node, "c0");
        _world.StepWall(3_600);

        Assert.NotNull(_world.Decide(_world.Lease(node, "c1")).Refusal);
        _world.StepWall(-7_200);
        _world.Now = _world.Now with { Ledger = new LedgerTime(60_000_000) };
        _world.Grant(node, "c1");
    }
}
