using Broker.Core.Time;

namespace Broker.Journal.Writing;

/// <summary>Both clocks of a serving writer; ledger time begins when it is made.</summary>
internal sealed class LedgerClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The monotonic clock, to measure with.</summary>
    public long Timestamp() => time.GetTimestamp();

    /// <summary>Now.</summary>
    public Moment Now() => new(
        Instant.From(time.GetUtcNow()),
        new LedgerTime(time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMicrosecond));
}
