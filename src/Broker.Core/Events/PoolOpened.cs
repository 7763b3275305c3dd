using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>pool.opened</c>: the pool grants from now on.</summary>
public sealed record PoolOpened(PoolName Pool, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Pool(Pool);
}
