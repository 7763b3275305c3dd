namespace Broker.Tests.Kubernetes.Leaks;

/// <summary>A clock whose wall time was set, while its monotonic time goes on as it does.</summary>
internal sealed class SteppedWall(TimeProvider inner) : TimeProvider
{
    /// <summary>By how much the wall time was set forward.</summary>
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Step;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
