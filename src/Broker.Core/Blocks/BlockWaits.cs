using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Blocks;

/// <summary>
/// Finds the blocks that somebody may be waiting for, and what has to happen first (I5). A block of a node that works
/// waits for nothing. Costs a step for each live and each cooling block.
/// </summary>
internal static class BlockWaits
{
    public static List<BlockWait> All(PoolsState pools, LedgerTime now)
    {
        var waits = new List<BlockWait>();
        foreach (var pool in pools.All)
        {
            foreach (var block in pool.Live.Values)
            {
                if (For(pool, block) is { } what)
                {
                    waits.Add(new BlockWait(
                        block.Cidr, pool.Spec.Name, what, block.Node.Name, block.Generation, block.Addresses.Live,
                        null));
                }
            }

            foreach (var block in pool.Released.All)
            {
                if (pool.CooledAt(block) > now)
                {
                    var left = pool.CooledAt(block).Microseconds - now.Microseconds;
                    waits.Add(new BlockWait(
                        pool.Geometry.BlockAt(block.Index), pool.Spec.Name, BlockWaitFor.Cooldown, null, null, 0,
                        (left + 999_999) / 1_000_000));
                }
            }
        }

        waits.Sort((left, right) => left.Block.CompareTo(right.Block));
        return waits;
    }

    private static BlockWaitFor? For(PoolState pool, BlockState block)
    {
        if (block.Node.Standing == Standing.Fenced)
        {
            return pool.Spec.NodeDeletionIsEvidence && block.Node.FenceRule is BindRules.Deleted or BindRules.UidChanged
                ? BlockWaitFor.NodeDeletion
                : BlockWaitFor.Operator;
        }

        if (pool.Drained)
        {
            return block.Addresses.Live > 0 ? BlockWaitFor.Leases : BlockWaitFor.Release;
        }

        return block.Workload is not null && block.Addresses.Live == 0 ? BlockWaitFor.Release : null;
    }
}
