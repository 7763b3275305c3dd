using Broker.Core.Journal;
using Broker.Core.PodCidrs;
using Broker.Core.Pools;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Define a pool or change its definition and, with <c>Open</c>, open it at once (an empty ledger, or nothing to
/// adopt). The same definition again is answered again.
/// </summary>
public sealed record DefinePool(
    Actor Actor, PoolSpec Spec, bool Open, PrivateText? Reason)
    : Command<PoolView>(Actor, null)
{
    /// <summary>
    /// The position of the definition that the operator saw; a newer one is <c>conflict</c>. Null: whatever there is.
    /// </summary>
    public long? SeenPosition { get; init; }

    /// <summary>
    /// The podCIDRs of the cluster's Nodes: a pool that is open, or is to be, takes in none that is not written down.
    /// </summary>
    public IReadOnlyList<NodePodCidrs> Seen { get; init; } = [];
}
