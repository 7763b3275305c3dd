using Broker.Core.Journal;

namespace Broker.Core.Events;

/// <summary><c>ledger.created</c>: the first event of every journal; the origin never changes.</summary>
public sealed record LedgerCreated(string Origin) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Ledger;
}
