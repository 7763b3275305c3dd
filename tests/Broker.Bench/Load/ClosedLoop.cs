using System.Diagnostics;

namespace Broker.Bench.Load;

/// <summary>
/// Each connection has one operation in flight and begins the next when it was answered: how much a target can do.
/// </summary>
internal static class ClosedLoop
{
    public static async Task<LoadResult> RunAsync(ILoadTarget target, int connections, TimeSpan lasts)
    {
        var start = Stopwatch.GetTimestamp();
        var workers = await Task.WhenAll(Enumerable.Range(0, connections).Select(
            connection => Task.Run(() => WorkAsync(target, connection, start, lasts))));
        var took = Latencies.Since(start);
        var sum = Latencies.Sum(workers);
        return new LoadResult(sum.TotalCount, took, sum);
    }

    private static async Task<HdrHistogram.LongHistogram> WorkAsync(
        ILoadTarget target, int connection, long start, TimeSpan lasts)
    {
        var latencies = Latencies.New();
        while (Latencies.Since(start) < lasts)
        {
            var begin = Stopwatch.GetTimestamp();
            await target.DoAsync(connection);
            Latencies.Record(latencies, Latencies.Since(begin));
        }

        return latencies;
    }
}
