using Broker.Core.Journal;
using Broker.Core.Pools;

namespace Broker.Core.Events;

/// <summary><c>pool.defined</c>: a pool exists, still <c>adopting</c>: it grants nothing.</summary>
public sealed record PoolDefined(PoolSpec Spec, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Pool(Spec.Name);
}
