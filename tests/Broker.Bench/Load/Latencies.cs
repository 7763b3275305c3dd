using System.Diagnostics;
using HdrHistogram;

namespace Broker.Bench.Load;

/// <summary>Histograms of latencies up to a minute, in microseconds, with three digits.</summary>
internal static class Latencies
{
    private const long MicrosecondsMax = 60_000_000;

    public static LongHistogram New() => new(MicrosecondsMax, 3);

    public static void Record(LongHistogram histogram, TimeSpan latency) =>
        histogram.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, MicrosecondsMax));

    public static LongHistogram Sum(IEnumerable<LongHistogram> parts)
    {
        var sum = New();
        foreach (var part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    public static TimeSpan Since(long timestamp) => Stopwatch.GetElapsedTime(timestamp);
}
