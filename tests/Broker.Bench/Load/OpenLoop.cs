using System.Diagnostics;

namespace Broker.Bench.Load;

/// <summary>
/// Operations fall due at a fixed rate, whether the target keeps up or not, and a latency counts from when the
/// operation was due: a target that stalls is charged for all that it kept waiting (no coordinated omission).
/// </summary>
internal static class OpenLoop
{
    public static LoadResult Run(ILoadTarget target, int connections, double perSecond, TimeSpan lasts)
    {
        var start = Stopwatch.GetTimestamp();
        var step = TimeSpan.FromSeconds(1 / perSecond);
        var count = (long)(perSecond * lasts.TotalSeconds);
        var taken = 0L;
        using var never = new ManualResetEvent(false); // Only its time-out counts: what is waited for is the clock.
        var latencies = LoadThreads.Run(connections, (connection, histogram) =>
        {
            // Whichever connection is free takes the next one.
            while (Interlocked.Increment(ref taken) is var number && number <= count)
            {
                var due = step * (number - 1);
                if (due - Latencies.Since(start) is var early && early > TimeSpan.Zero)
                {
                    _ = never.WaitOne(early);
                }

                target.Do(connection);
                Latencies.Record(histogram, Latencies.Since(start) - due);
            }
        });
        return new LoadResult(latencies.TotalCount, Latencies.Since(start), latencies);
    }
}
