using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Names;
using Broker.Core.Reservations;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Pools;

/// <summary>A pool, its live blocks, and which block comes next.</summary>
internal sealed class PoolState
{
    /// <summary>
    /// Within the first so many block indexes a never-used block comes first; past them a cooled one does, so that
    /// what is remembered of released blocks stays bounded and yet the whole pool can be granted.
    /// </summary>
    public const int WindowBlocks = 65_536;

    private readonly PoolBlocks _blocks = new();
    private readonly Dictionary<string, long> _leases = new(StringComparer.Ordinal);

    public PoolState(PoolSpec spec, long position)
    {
        (Spec, Space) = (spec, new PoolSpace(spec));
        BlocksPerNodeMost = spec.BlocksPerNodeMax;
        (Position, LastPosition) = (position, position);
        _blocks.Refit(Space, Geometry.FirstBlock, Geometry.LastBlock);
    }

    public PoolSpec Spec { get; private set; }

    /// <summary>Which of its addresses are closed.</summary>
    public PoolSpace Space { get; private set; }

    public PoolGeometry Geometry => Space.Geometry;

    /// <summary>The position of its <c>pool.defined</c> or newest <c>pool.changed</c>.</summary>
    public long Position { get; private set; }

    /// <summary>The position of the newest event on the pool.</summary>
    public long LastPosition { get; set; }

    /// <summary>The highest number of blocks that a node was ever allowed: what it holds, it keeps.</summary>
    public int BlocksPerNodeMost { get; private set; }

    public bool Open { get; set; }

    /// <summary>Whether it runs empty: not open, and not waiting to be.</summary>
    public bool Drained { get; set; }

    public Dictionary<UInt128, BlockState> Live => _blocks.Live;

    public ReleasedBlocks Released => _blocks.Released;

    /// <summary>
    /// A released block waits for its own cooldown and for that of its addresses, because what is known of them goes
    /// with the block: an address must not come back through its block before its time (I3).
    /// </summary>
    private int BlockWaitSeconds => WaitSeconds(Spec);

    /// <summary>The block to grant now, or null when there is none.</summary>
    public UInt128? Pick(LedgerTime now)
    {
        UInt128? unused = _blocks.Unused.IsEmpty ? null : _blocks.Unused.First;
        if (unused - Geometry.FirstBlock < WindowBlocks)
        {
            return unused;
        }

        if (Released.Oldest is { } oldest && CooledAt(oldest) <= now)
        {
            return oldest.Index;
        }

        return unused;
    }

    /// <summary>Whether a block may be granted now, whichever would come first by itself.</summary>
    public bool MayGrant(UInt128 index, LedgerTime now) => !Live.ContainsKey(index)
        && Space.FirstOpen(index) is not null
        && (Released.Find(index) is not { } released || CooledAt(released) <= now);

    /// <summary>Live leases of a namespace; those of pods that name none are counted under the empty one.</summary>
    public long LeasesOf(string space) => _leases.GetValueOrDefault(space);

    /// <summary>Counts a lease that was granted, or one that has ended.</summary>
    public void CountLease(string space, int change)
    {
        var count = LeasesOf(space) + change;
        if (count > 0)
        {
            _leases[space] = count;
        }
        else
        {
            _ = _leases.Remove(space); // It was the last one.
        }
    }

    /// <summary>When a released block has cooled.</summary>
    public LedgerTime CooledAt(ReleasedBlock block) => block.Stamp.PlusSeconds(BlockWaitSeconds);

    /// <summary>The position of the last event on a block that is not live.</summary>
    public long? PrevOf(UInt128 index) => Released.Find(index)?.Position;

    /// <summary>Takes up a block that is not live.</summary>
    /// <exception cref="InvalidOperationException">It is.</exception>
    public void Grant(BlockState block) => _blocks.Grant(block);

    /// <summary>Takes back a block; the workload of a fixed address may have it again at once.</summary>
    public void Release(BlockState block, long position, LedgerTime now, WorkloadName? workload) =>
        _blocks.Release(block, new ReleasedBlock(block.Index, position, now, workload));

    /// <summary>Closes the addresses of a reservation.</summary>
    public void Reserve(IpRange range)
    {
        Space.Reserve(range);
        _blocks.Refit(Space, Geometry.IndexOf(range.First), Geometry.IndexOf(range.Last));
    }

    /// <summary>Opens what a reservation closed; the others are those that are left.</summary>
    public void Drop(IpRange range, ReservationsState others)
    {
        Space.Drop(range, others.AllIn(Space.Widen(range)).Select(other => other.Addresses));
        _blocks.Refit(Space, Geometry.IndexOf(range.First), Geometry.IndexOf(range.Last));
    }

    /// <summary>Takes up a changed definition; slots stay, for their numbers are fixed for a generation.</summary>
    public void Change(PoolSpec spec, PoolSpace space, long position)
    {
        (Spec, Space) = (spec, space);
        (Position, LastPosition) = (position, position);
        BlocksPerNodeMost = Math.Max(BlocksPerNodeMost, spec.BlocksPerNodeMax);
        _blocks.Refit(Space, Geometry.FirstBlock, Geometry.LastBlock);
    }

    /// <summary>The live block that holds an address of the pool.</summary>
    public BlockState? BlockOf(IpAddress address) => Live.GetValueOrDefault(Geometry.IndexOf(address));

    /// <summary>The live blocks that share an address with a range, in order.</summary>
    public List<BlockState> LiveIn(IpRange range)
    {
        var live = new List<BlockState>();
        var (first, last) = (Geometry.IndexOf(range.First), Geometry.IndexOf(range.Last));
        foreach (var index in _blocks.UsedWithin(first, last))
        {
            if (Live.TryGetValue(index, out var block))
            {
                live.Add(block);
            }
        }

        return live;
    }

    public PoolView View(LedgerTime now) => new(
        Spec,
        Open,
        Space.BlocksOpen + (UInt128)_blocks.ClosedLive,
        Live.Count,
        Released.CountAfter(now.PlusSeconds(-BlockWaitSeconds)),
        Position)
    {
        Drained = Drained,
    };

    /// <summary>What <see cref="View"/> would give after a change of the definition.</summary>
    public PoolView ViewAfter(PoolSpec spec, PoolSpace space, LedgerTime now)
    {
        var since = now.PlusSeconds(-WaitSeconds(spec));
        var closed = Live.Keys.Count(index => space.FirstOpen(index) is null);
        var cooling = Released.All.LongCount(block => block.Stamp > since && space.FirstOpen(block.Index) is not null);
        return new PoolView(spec, Open, space.BlocksOpen + (UInt128)closed, Live.Count, cooling, Position)
        {
            Drained = Drained,
        };
    }

    /// <summary>Holds everything against a space that was made anew from definition and reservations.</summary>
    public void Validate(List<string> faults, PoolSpace expected)
    {
        _blocks.Validate(faults, Spec.Name.Value, expected);
        var leases = Live.Values
            .SelectMany(block => Enumerable.Range(0, block.Addresses.Capacity).Select(block.Addresses.LeaseAt))
            .OfType<Leases.Lease>()
            .GroupBy(lease => lease.Holding.Pod.Namespace)
            .ToDictionary(space => space.Key, space => space.LongCount());
        if (leases.Count != _leases.Count || leases.Any(space => LeasesOf(space.Key) != space.Value))
        {
            faults.Add($"The leases of the namespaces of pool {Spec.Name} are counted wrongly.");
        }

        if (!Space.Closed.Runs.SequenceEqual(expected.Closed.Runs))
        {
            faults.Add($"I4: the closed addresses of pool {Spec.Name} are not those excluded or reserved.");
        }
    }

    private static int WaitSeconds(PoolSpec spec) => Math.Max(spec.BlockCooldownSeconds, spec.AddressCooldownSeconds);
}
