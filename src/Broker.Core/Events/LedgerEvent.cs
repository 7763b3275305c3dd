using Broker.Core.Journal;

namespace Broker.Core.Events;

/// <summary>What happened. One sealed type per journal type; the set is closed.</summary>
public abstract record LedgerEvent
{
    private protected LedgerEvent()
    {
    }

    /// <summary>The one thing that the event is about.</summary>
    public abstract Subject Subject { get; }
}
