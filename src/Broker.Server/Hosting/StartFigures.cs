using Broker.Identity.Witness;
using Broker.Journal.Writing;
using Broker.Server.Cluster.Pods;
using Broker.Server.Telemetry;

namespace Broker.Server.Hosting;

/// <summary>What is fed by the writer from its first event on, and so is there before the services are.</summary>
internal sealed class StartFigures : IDisposable
{
    private readonly LedgerTraces _traces;

    public StartFigures(TimeProvider time)
    {
        _traces = new LedgerTraces(time);
        Metrics = new BrokerMetrics(time);
        Pools = new PoolFigures(time);
        PodLeases = new PodLeases(time);
        Observer = new FigureObserver(Metrics, Pools);
    }

    public IdentityIndex Index { get; } = new();

    public BrokerMetrics Metrics { get; }

    public PoolFigures Pools { get; }

    public PodLeases PodLeases { get; }

    public FigureObserver Observer { get; }

    /// <summary>How long something took the writer.</summary>
    public void Told(WorkTimes times)
    {
        Metrics.Told(times);
        _traces.Told(times);
    }

    public void Dispose()
    {
        Metrics.Dispose();
        _traces.Dispose();
    }
}
