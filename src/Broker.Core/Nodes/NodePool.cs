using Broker.Core.Blocks;
using Broker.Core.Leases;
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
    private Dictionary<Former, (BlockState Block, int Slot)>? _former;

    public PoolState Pool { get; } = pool;

    /// <summary>Live leases in its blocks.</summary>
    public long LeasesLive { get; set; }

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

    /// <summary>Whether any address is remembered for whoever held it.</summary>
    public bool HasFormer => _former is { Count: > 0 };

    /// <summary>The released address that a workload held last, as long as nobody else was leased it.</summary>
    public (BlockState Block, int Slot)? FormerOf(Former former) =>
        _former is not null && _former.TryGetValue(former, out var held) ? held : null;

    /// <summary>Notes who held a slot that was just released.</summary>
    public void Remember(BlockState block, int slot)
    {
        if (block.Addresses.FormerAt(slot) is { } former)
        {
            _former ??= [];
            _former[former] = (block, slot);
        }
    }

    /// <summary>Forgets who held a slot that is about to be leased, or to leave with its block.</summary>
    public void Forget(BlockState block, int slot)
    {
        if (block.Addresses.FormerAt(slot) is { } former && FormerOf(former) is { } held
            && held.Block == block && held.Slot == slot)
        {
            _ = _former!.Remove(former); // It was just found there.
        }
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
        for (var slot = 0; slot < block.Addresses.Capacity && _former is { Count: > 0 }; slot++)
        {
            Forget(block, slot);
        }

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

        foreach (var (former, (block, slot)) in _former ?? [])
        {
            if (!Blocks.Contains(block) || block.Addresses.FormerAt(slot) != former
                || block.Addresses.LeaseAt(slot) is not null)
            {
                faults.Add($"I3: {former} is remembered wrongly in block {block.Cidr}.");
            }
        }

        if (LeasesLive != Blocks.Sum(block => (long)block.Addresses.Live))
        {
            faults.Add($"A node counts {LeasesLive} leases of pool {Pool.Spec.Name}, wrongly.");
        }

        if (Blocks.Count > Pool.BlocksPerNodeMost)
        {
            faults.Add($"A node holds {Blocks.Count} blocks of pool {Pool.Spec.Name}, more than it ever might.");
        }
    }

    private static (BlockPlace Place, LedgerTime Until) PlaceOf(BlockState block)
    {
        if (block.Lessor != Lessor.Broker || block.Workload is not null)
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
