using System.Diagnostics;

namespace Broker.Cni.Direct;

/// <summary>When a call must be over, on the monotonic clock that the kernel's time-outs run on.</summary>
internal readonly struct Deadline
{
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);
    private readonly long _end;

    private Deadline(long end) => _end = end;

    /// <summary>What is left; negative once it is over.</summary>
    public TimeSpan Left => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _end);

    public static Deadline In(TimeSpan limit) => new(
        Stopwatch.GetTimestamp() + (long)((limit < longest ? limit : longest).TotalSeconds * Stopwatch.Frequency));
}
