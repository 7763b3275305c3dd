using Broker.Core.Journal;
using Broker.Journal.Writing;

namespace Broker.Server.Telemetry;

/// <summary>
/// Counts what became durable; what is only replayed changes the state of pools and counts as nothing.
/// </summary>
internal sealed class FigureObserver(BrokerMetrics metrics, PoolFigures pools) : IDurableObserver
{
    /// <summary>Whether the writer serves: the events are new from now on.</summary>
    public bool Serving { get; set; }

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        pools.Apply(first, facts);
        if (Serving)
        {
            metrics.Committed(facts);
        }
    }
}
