using Broker.Core.Journal;
using Broker.Core.Pools;

namespace Broker.Core.Events;

/// <summary><c>pool.changed</c>: the pool's definition from now on, whole.</summary>
public sealed record PoolChanged(PoolSpec Spec, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Pool(Spec.Name);
}
