namespace Broker.Tests.Agent;

/// <summary>A clock that jumps to the end of each wait as soon as somebody waits; nothing takes real time.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    /// <summary>The longest wait that anybody asked for.</summary>
    public TimeSpan LongestWait { get; private set; }

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        now += dueTime;
        LongestWait = dueTime > LongestWait ? dueTime : LongestWait;
        // Not on this thread: whoever waits must have its timer before it is told.
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
