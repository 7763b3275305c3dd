using Broker.Core;
using Broker.Core.Journal;
using Broker.Core.Time;

namespace Broker.Journal.Reading;

/// <summary>Applies the events of a journal to a ledger, which finds what no ledger would have written.</summary>
internal static class LedgerReplay
{
    /// <summary>Applies the events of a batch.</summary>
    /// <exception cref="JournalDamagedException"><c>event_impossible</c>: one does not fit those before it.</exception>
    public static void Apply(Ledger ledger, long first, IReadOnlyList<Fact> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            try
            {
                ledger.Apply(first + i, facts[i], LedgerTime.Zero);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new JournalDamagedException(
                    "event_impossible",
                    first + i,
                    $"Position {first + i} holds what cannot have happened after the events before it: {e.Message}",
                    e);
            }
        }
    }

    /// <summary>Checks the invariants of the state that the whole journal gives.</summary>
    /// <exception cref="JournalDamagedException"><c>state_invalid</c>.</exception>
    public static void Finish(Ledger ledger)
    {
        var faults = ledger.Validate();
        if (faults.Count > 0)
        {
            throw new JournalDamagedException(
                "state_invalid",
                ledger.Size,
                $"The events give a state that contradicts itself at size {ledger.Size}: {faults[0]}");
        }
    }
}
