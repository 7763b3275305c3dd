using Broker.Core.Journal;

namespace Broker.Core.Events;

/// <summary>
/// <c>ledger.led</c>: a writer took over with this epoch; <c>Writer</c> is the random number of that process
/// start.
/// </summary>
public sealed record LedgerLed(long Epoch, string Writer) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Ledger;
}
