using Broker.Core.Journal;
using Broker.Journal.Events;
using Broker.Journal.Writing;

namespace Broker.Simulator.Checking;

/// <summary>What a broker tells its own observers is the one history, too.</summary>
internal sealed class WatchedObserver(string who, History history) : IDurableObserver
{
    private readonly Dictionary<long, Fact> _told = [];

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            // A start tells all of it again: only what is new costs anything.
            if (_told.GetValueOrDefault(first + i) != facts[i])
            {
                _told[first + i] = facts[i];
                history.Read(who, first + i, EventCodec.Encode(facts[i]));
            }
        }
    }
}
