using HdrHistogram;

namespace Broker.Bench.Load;

/// <summary>Operations done, how long it took, and their latencies in microseconds.</summary>
internal sealed record LoadResult(long Count, TimeSpan Took, LongHistogram Latencies)
{
    public double PerSecond => Count / Took.TotalSeconds;

    /// <summary>A latency in milliseconds.</summary>
    public double Milliseconds(double percentile) => Latencies.GetValueAtPercentile(percentile) / 1000.0;
}
