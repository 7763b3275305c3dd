using System.Diagnostics;

namespace Broker.Bench.Load;

/// <summary>
/// Each connection has one operation in flight and begins the next when it was answered: how much a target can do.
/// </summary>
internal static class ClosedLoop
{
    public static LoadResult Run(ILoadTarget target, int connections, TimeSpan lasts)
    {
        var start = Stopwatch.GetTimestamp();
        var latencies = LoadThreads.Run(connections, (connection, histogram) =>
        {
            while (Latencies.Since(start) < lasts)
            {
                var begin = Stopwatch.GetTimestamp();
                target.Do(connection);
                Latencies.Record(histogram, Latencies.Since(begin));
            }
        });
        return new LoadResult(latencies.TotalCount, Latencies.Since(start), latencies);
    }
}
