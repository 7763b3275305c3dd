using Broker.Core.Blocks;
using Broker.Core.Pools;
using Broker.Core.Time;

namespace Broker.Core.Nodes;

/// <summary>
/// The blocks that one node holds in one pool, and which of them may have a free address: a full block costs a grant
/// nothing, and one whose addresses cool comes back by itself when the first has cooled.
/// </summary>
internal sealed class NodePool(PoolState pool)
{
    private readonly SortedSet<BlockState> _ready = new(BlockOrder.ByIndex);
    private readonly SortedSet<BlockState> _waiting = new(BlockOrder.ByWait);

    public PoolState Pool { get; } = pool;

    /// <summary>All its blocks in the order of their addresses.</summary>
    public SortedSet<BlockState> Blocks { get; } = new(BlockOrder.ByIndex);

    /// <summary>Whether one more block may be granted.</summary>
    public bool MayGrow => Blocks.Count < Pool.Spec.BlocksPerNodeMax;

    /// <summary>A block with a free address, or null.</summary>
    public BlockState? Pick(LedgerTime now)
    {
        if (_ready.Count > 0)
        {
            return _ready.Min;
        }

        return _waiting.Min is { } block && block.WaitsUntil <= now ? block : null;
    }

    public void Add(BlockState block)
    {
        _ = Blocks.Add(block); // The pool has it once, so this set does.
        Refile(block);
    }

    public void Remove(BlockState block)
    {
        Unfile(block);
        block.Place = BlockPlace.None;
        _ = Blocks.Remove(block); // It is there: the caller found it through its node.
    }

    /// <summary>Puts a block where its addresses now say; most of the time it stays.</summary>
    public void Refile(BlockState block)
    {
        var (place, until) = PlaceOf(block);
        if (place == block.Place && until == block.WaitsUntil)
        {
            return;
        }

        Unfile(block);
        (block.Place, block.WaitsUntil) = (place, until);
        _ = place switch // A block is in at most one of the two sets.
        {
            BlockPlace.Ready => _ready.Add(block),
            BlockPlace.Waiting => _waiting.Add(block),
            _ => true,
        };
    }

    public void Validate(List<string> faults)
    {
        var (ready, waiting) = (0, 0);
        foreach (var block in Blocks)
        {
            ready += block.Place == BlockPlace.Ready ? 1 : 0;
            waiting += block.Place == BlockPlace.Waiting ? 1 : 0;
            var filed = block.Place switch
            {
                BlockPlace.Ready => _ready.Contains(block),
                BlockPlace.Waiting => _waiting.Contains(block),
                _ => true,
            };
            if (!filed || (block.Place, block.WaitsUntil) != PlaceOf(block))
            {
                faults.Add($"Block {block.Cidr} is filed as {block.Place}, wrongly.");
            }
        }

        if (ready != _ready.Count || waiting != _waiting.Count || Blocks.Count == 0)
        {
            faults.Add($"The blocks of pool {Pool.Spec.Name} of one node are counted wrongly.");
        }

        if (Blocks.Count > Pool.BlocksPerNodeMost)
        {
            faults.Add($"A node holds {Blocks.Count} blocks of pool {Pool.Spec.Name}, more than it ever might.");
        }
    }

    private static (BlockPlace Place, LedgerTime Until) PlaceOf(BlockState block)
    {
        if (block.Lessor != Lessor.Broker)
        {
            return (BlockPlace.None, LedgerTime.Zero);
        }

        if (block.Addresses.HasUnused)
        {
            return (BlockPlace.Ready, LedgerTime.Zero);
        }

        return block.Addresses.OldestStamp is { } stamp
            ? (BlockPlace.Waiting, stamp.PlusSeconds(block.Pool.Spec.AddressCooldownSeconds))
            : (BlockPlace.None, LedgerTime.Zero);
    }

    private void Unfile(BlockState block) => _ = block.Place switch // A block in neither set has nothing to leave.
    {
        BlockPlace.Ready => _ready.Remove(block),
        BlockPlace.Waiting => _waiting.Remove(block),
        _ => true,
    };
}
