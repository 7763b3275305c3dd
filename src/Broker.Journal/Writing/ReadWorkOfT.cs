using Broker.Core;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Journal.Writing;

/// <summary>A read that waits for its turn between commands.</summary>
internal sealed class ReadWork<T>(Func<LedgerQueries, T> read, TaskCreationOptions waking) : Work<T>(waking)
{
    public override void Refuse(Refusal refusal) => throw new InvalidOperationException("A read appends nothing.");

    public override string What => "Read";

    protected override Decision? Learn(Ledger ledger, Moment now)
    {
        Result = read(ledger.Queries);
        return null;
    }
}
