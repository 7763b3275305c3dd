using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Journal.Writing;

namespace Broker.Server.Cluster;

/// <summary>Wakes the keeper of podCIDRs when something became durable that may concern it.</summary>
internal sealed class PodCidrObserver : IDurableObserver
{
    /// <summary>Set once the service exists; it looks at everything when it starts.</summary>
    public PodCidrService? Service { get; set; }

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        if (Service is { } service && facts.Any(fact => Concerns(fact.Event)))
        {
            service.Wake();
        }
    }

    private static bool Concerns(LedgerEvent e) => e is BlockGranted or BlockReclaimed or NodeAdmitted or NodeRebound
        or NodeReadmitted or PoolDefined or PoolChanged or PoolOpened or ReservationDropped;
}
