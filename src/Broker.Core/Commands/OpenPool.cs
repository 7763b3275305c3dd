using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.PodCidrs;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Open a pool that was adopting. Opening an open pool is answered again.</summary>
public sealed record OpenPool(Actor Actor, PoolName Pool, PrivateText? Reason) : Command<PoolView>(Actor, null)
{
    /// <summary>
    /// The podCIDRs of the cluster's Nodes: while one in the pool is not written down, the pool stays closed.
    /// </summary>
    public IReadOnlyList<NodePodCidrs> Seen { get; init; } = [];
}
