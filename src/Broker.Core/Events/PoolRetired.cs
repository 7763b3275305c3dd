using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>pool.retired</c>: the pool is no more; its name and its addresses may be defined anew.</summary>
public sealed record PoolRetired(PoolName Pool, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Pool(Pool);
}
