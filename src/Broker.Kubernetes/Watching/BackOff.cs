namespace Broker.Kubernetes.Watching;

/// <summary>How long to wait after failures: doubling, up to a bound, with jitter so that brokers spread out.</summary>
internal sealed class BackOff(WatchTimes times, Random random)
{
    private int _failures;

    public TimeSpan Next()
    {
        var doubled = times.BackOffMin * Math.Pow(2, Math.Min(_failures++, 16));
        var bounded = doubled < times.BackOffMax ? doubled : times.BackOffMax;
        return bounded * (0.5 + random.NextDouble());
    }

    public void Reset() => _failures = 0;
}
