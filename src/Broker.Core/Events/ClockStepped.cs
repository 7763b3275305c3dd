using Broker.Core.Journal;

namespace Broker.Core.Events;

/// <summary>
/// <c>clock.stepped</c>: the wall clock is behind the journal by so many microseconds; <c>at</c> repeats until
/// it caught up.
/// </summary>
public sealed record ClockStepped(long BehindMicroseconds) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Ledger;
}
