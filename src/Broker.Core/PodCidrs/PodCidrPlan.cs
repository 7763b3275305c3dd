using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Refusals;

namespace Broker.Core.PodCidrs;

/// <summary>
/// The blocks that become a Node's podCIDRs: one in each pool of podCIDRs, all in one commit, once. A Node's podCIDRs
/// can never be changed, so a node that holds one of them is given no other.
/// </summary>
internal static class PodCidrPlan
{
    public static Refusal? Pick(Draft draft, NodeState node, out List<(PoolState Pool, UInt128 Index)> picks)
    {
        var pools = draft.State.Pools.PodCidrs;
        picks = new List<(PoolState Pool, UInt128 Index)>(pools.Count);
        foreach (var pool in pools)
        {
            if (!pool.Open)
            {
                var closed = PoolChoice.NotOpen(pool);
                return closed with { Detail = $"{closed.Detail} A Node gets all of its podCIDRs or none." };
            }
        }

        foreach (var pool in pools)
        {
            if (pool.Pick(draft.Now) is not { } index)
            {
                return new Refusal(RefusalCode.PoolExhausted, $"No free block in pool {pool.Spec.Name}.");
            }

            picks.Add((pool, index));
        }

        foreach (var pool in pools)
        {
            if (node.FindPool(pool.Spec.Name) is { } held)
            {
                return new Refusal(
                    RefusalCode.BlockLimit,
                    $"Node {node.Name} holds {held.Blocks.Min!.Cidr}, and podCIDRs are given once.");
            }
        }

        return null;
    }
}
