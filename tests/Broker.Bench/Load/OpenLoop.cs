using System.Diagnostics;
using System.Threading.Channels;

namespace Broker.Bench.Load;

/// <summary>
/// Operations fall due at a fixed rate, whether the target keeps up or not, and a latency counts from when the
/// operation was due: a target that stalls is charged for all that it kept waiting (no coordinated omission).
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public static async Task<LoadResult> RunAsync(
        ILoadTarget target, int connections, double perSecond, TimeSpan lasts)
    {
        var due = Channel.CreateUnbounded<long>();
        var start = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(0, connections)
            .Select(connection => Task.Run(() => WorkAsync(target, connection, due.Reader)))
            .ToList();
        await ReleaseAsync(due.Writer, start, perSecond, lasts);
        var parts = await Task.WhenAll(workers);
        var took = Latencies.Since(start);
        var sum = Latencies.Sum(parts);
        return new LoadResult(sum.TotalCount, took, sum);
    }

    private static async Task ReleaseAsync(
        ChannelWriter<long> due, long start, double perSecond, TimeSpan lasts)
    {
        using var timer = new PeriodicTimer(Tick);
        var step = Stopwatch.Frequency / perSecond;
        var count = (long)(perSecond * lasts.TotalSeconds);
        for (long next = 0; next < count;)
        {
            var dueNow = Math.Min(count, (long)((Stopwatch.GetTimestamp() - start) / step));
            for (; next < dueNow; next++)
            {
                _ = due.TryWrite(start + (long)(next * step)); // Unbounded: it takes everything.
            }

            _ = await timer.WaitForNextTickAsync();
        }

        due.Complete();
    }

    private static async Task<HdrHistogram.LongHistogram> WorkAsync(
        ILoadTarget target, int connection, ChannelReader<long> due)
    {
        var latencies = Latencies.New();
        await foreach (var intended in due.ReadAllAsync())
        {
            await target.DoAsync(connection);
            Latencies.Record(latencies, Latencies.Since(intended));
        }

        return latencies;
    }
}
