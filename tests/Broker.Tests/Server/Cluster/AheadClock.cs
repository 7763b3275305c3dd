namespace Broker.Tests.Server.Cluster;

/// <summary>The real clock, whose monotonic side can be put ahead; dates and timers stay as they are.</summary>
internal sealed class AheadClock : TimeProvider
{
    private long _ahead;

    public void Ahead(TimeSpan by) =>
        _ = Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency)); // Nobody asks how far by now.

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);
}
