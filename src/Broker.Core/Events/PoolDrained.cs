using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>pool.drained</c>: the pool grants nothing any more; what is held in it stays.</summary>
public sealed record PoolDrained(PoolName Pool, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Pool(Pool);
}
