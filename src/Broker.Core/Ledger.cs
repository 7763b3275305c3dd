using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core;

/// <summary>
/// The state machine: <see cref="Decide"/> turns a command into facts or a refusal, <see cref="Apply"/> turns facts
/// into state. Pure and single-threaded: the same facts in the same order give the same state.
/// </summary>
public sealed class Ledger
{
    /// <summary>The number of events applied: the position of the next one.</summary>
    public long Size { get; private set; }

    /// <summary>Reads of the state.</summary>
    public LedgerQueries Queries => throw new InvalidOperationException($"{Size}");

    /// <summary>
    /// Decides a command. Changes nothing but what is not journalled (tombstones); the facts take the positions from
    /// <see cref="Size"/> on and must be applied, in order and all of them, before the next command is decided.
    /// </summary>
    public Decision Decide(Command command, Moment now) => throw new InvalidOperationException($"{command}{now}{Size}");

    /// <summary>Applies one fact at its position; cannot fail for a fact that <see cref="Decide"/> made.</summary>
    public void Apply(long position, Fact fact, LedgerTime now)
    {
        _ = (fact, now);
        Size = position + 1;
    }

    /// <summary>Checks every invariant that exists; one sentence for each that does not hold.</summary>
    public IReadOnlyList<string> Validate() => throw new InvalidOperationException($"{Size}");
}
