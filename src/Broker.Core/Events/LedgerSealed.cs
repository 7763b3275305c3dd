using Broker.Core.Journal;

namespace Broker.Core.Events;

/// <summary>
/// <c>ledger.sealed</c>: the ledger goes on elsewhere, in the journal whose head has <c>To</c> as its writer; here
/// nothing may follow.
/// </summary>
public sealed record LedgerSealed(string To) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Ledger;
}
