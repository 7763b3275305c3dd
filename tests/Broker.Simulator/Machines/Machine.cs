using Broker.Simulator.Time;

namespace Broker.Simulator.Machines;

/// <summary>A machine on which one broker runs at a time: its clocks go on when that one is killed.</summary>
internal sealed class Machine(Timeline timeline, string name)
{
    private long _suspended;

    /// <summary>For traces.</summary>
    public string Name => name;

    /// <summary>Until when nothing on it runs.</summary>
    public long FrozenUntil { get; private set; }

    /// <summary>How many times too fast its monotonic clock is; 1 unless that is the bug to be found.</summary>
    public int Haste { get; init; } = 1;

    /// <summary>Whether its monotonic clock follows the wall clock's steps; the bug to be found.</summary>
    public bool FollowsWall { get; init; }

    /// <summary>By how much its wall clock is off.</summary>
    public long WallStep { get; private set; }

    /// <summary>What its clocks show.</summary>
    public MachineTime Time =>
        new(((timeline.Now - _suspended) * Haste) + (FollowsWall ? WallStep : 0), WallStep);

    /// <summary>Whether it stands still.</summary>
    public bool IsFrozen => FrozenUntil > timeline.Now;

    /// <summary>
    /// Stands still for a while, as a paused or starved process does, or a suspended machine, whose monotonic clock
    /// stands still, too.
    /// </summary>
    public void Freeze(long time, bool isSuspended)
    {
        FrozenUntil = Math.Max(FrozenUntil, timeline.Now + time);
        _suspended += isSuspended ? time : 0;
    }

    /// <summary>Sets the wall clock.</summary>
    public void StepWall(long by) => WallStep += by;
}
