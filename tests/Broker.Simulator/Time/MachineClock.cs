namespace Broker.Simulator.Time;

/// <summary>
/// Both clocks of one process: the wall clock can be stepped, the monotonic one stands still while the machine is
/// suspended. Its timers end with it.
/// </summary>
internal sealed class MachineClock(Timeline timeline, Func<MachineTime> now, Action<long, Action> later) : TimeProvider
{
    private static readonly DateTimeOffset start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => Timeline.Second;

    public override long GetTimestamp() => now().Monotonic;

    public override DateTimeOffset GetUtcNow() => start.AddTicks((timeline.Now + now().WallStep) * 10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new MachineTimer(() => callback(state), later, dueTime);
}
