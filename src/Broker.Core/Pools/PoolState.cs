using Broker.Core.Addresses;
using Broker.Core.Blocks;
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

    private IntervalSet _unused = new();
    private int _closedLive;

    public PoolState(PoolSpec spec, long position)
    {
        (Spec, Space) = (spec, new PoolSpace(spec));
        BlocksPerNodeMost = spec.BlocksPerNodeMax;
        (Position, LastPosition) = (position, position);
        Refit(Geometry.FirstBlock, Geometry.LastBlock);
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

    public Dictionary<UInt128, BlockState> Live { get; } = [];

    public ReleasedBlocks Released { get; } = new();

    /// <summary>
    /// A released block waits for its own cooldown and for that of its addresses, because what is known of them goes
    /// with the block: an address must not come back through its block before its time (I3).
    /// </summary>
    private int BlockWaitSeconds => WaitSeconds(Spec);

    /// <summary>The block to grant now, or null when there is none.</summary>
    public UInt128? Pick(LedgerTime now)
    {
        if (!_unused.IsEmpty && _unused.First - Geometry.FirstBlock < WindowBlocks)
        {
            return _unused.First;
        }

        if (Released.Oldest is { } oldest && oldest.Stamp.PlusSeconds(BlockWaitSeconds) <= now)
        {
            return oldest.Index;
        }

        return _unused.IsEmpty ? null : _unused.First;
    }

    /// <summary>The position of the last event on a block that is not live.</summary>
    public long? PrevOf(UInt128 index) => Released.Find(index)?.Position;

    /// <summary>Takes up a block that is not live.</summary>
    /// <exception cref="InvalidOperationException">It is.</exception>
    public void Grant(BlockState block)
    {
        if (Live.ContainsKey(block.Index))
        {
            throw new InvalidOperationException($"{block.Cidr} is granted already.");
        }

        if (Released.Find(block.Index) is { } released)
        {
            Released.Remove(released);
        }

        Live.Add(block.Index, block);
        _closedLive += block.IsClosed ? 1 : 0;
        _unused.Remove(block.Index, block.Index);
    }

    public void Release(BlockState block, long position, LedgerTime now)
    {
        _ = Live.Remove(block.Index); // It is there: the caller found it in this pool.
        _closedLive -= block.IsClosed ? 1 : 0;
        var released = new ReleasedBlock(block.Index, position, now);
        Released.Add(released);
        Released.Queue(released, !block.IsClosed);
    }

    /// <summary>Closes the addresses of a reservation.</summary>
    public void Reserve(IpRange range)
    {
        Space.Reserve(range);
        Refit(Geometry.IndexOf(range.First), Geometry.IndexOf(range.Last));
    }

    /// <summary>Opens the addresses of a reservation.</summary>
    public void Drop(IpRange range)
    {
        Space.Drop(range);
        Refit(Geometry.IndexOf(range.First), Geometry.IndexOf(range.Last));
    }

    /// <summary>Takes up a changed definition; slots stay, for their numbers are fixed for a generation.</summary>
    public void Change(PoolSpec spec, PoolSpace space, long position)
    {
        (Spec, Space, _unused) = (spec, space, new IntervalSet());
        (Position, LastPosition) = (position, position);
        BlocksPerNodeMost = Math.Max(BlocksPerNodeMost, spec.BlocksPerNodeMax);
        Refit(Geometry.FirstBlock, Geometry.LastBlock);
    }

    /// <summary>The live block that holds an address of the pool.</summary>
    public BlockState? BlockOf(IpAddress address) => Live.GetValueOrDefault(Geometry.IndexOf(address));

    /// <summary>The live blocks that share an address with a range, in order.</summary>
    public List<BlockState> LiveIn(IpRange range)
    {
        var live = new List<BlockState>();
        var (first, last) = (Geometry.IndexOf(range.First), Geometry.IndexOf(range.Last));
        foreach (var index in UsedWithin(first, last))
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
        Space.BlocksOpen + (UInt128)_closedLive,
        Live.Count,
        Released.CountAfter(now.PlusSeconds(-BlockWaitSeconds)),
        Position);

    /// <summary>What <see cref="View"/> would give after a change of the definition.</summary>
    public PoolView ViewAfter(PoolSpec spec, PoolSpace space, LedgerTime now)
    {
        var since = now.PlusSeconds(-WaitSeconds(spec));
        var closed = Live.Keys.Count(index => space.FirstOpen(index) is null);
        var cooling = Released.All.LongCount(block => block.Stamp > since && space.FirstOpen(block.Index) is not null);
        return new PoolView(spec, Open, space.BlocksOpen + (UInt128)closed, Live.Count, cooling, Position);
    }

    /// <summary>Holds everything against a space that was made anew from definition and reservations.</summary>
    public void Validate(List<string> faults, PoolSpace expected)
    {
        Released.Validate(faults, Spec.Name.Value);
        if (!Space.Closed.Runs.SequenceEqual(expected.Closed.Runs))
        {
            faults.Add($"I4: the closed addresses of pool {Spec.Name} are not those excluded or reserved.");
        }

        foreach (var block in Released.All)
        {
            if (Live.ContainsKey(block.Index))
            {
                faults.Add($"I3: block {Geometry.BlockAt(block.Index)} is live and cooling.");
            }

            if (Released.IsQueued(block) != expected.FirstOpen(block.Index) is not null)
            {
                faults.Add($"I3: block {Geometry.BlockAt(block.Index)} is queued, or set aside, wrongly.");
            }
        }

        if (!_unused.Runs.SequenceEqual(UnusedWithin(Geometry.FirstBlock, Geometry.LastBlock)))
        {
            faults.Add($"The never-used blocks of pool {Spec.Name} are not those that it has.");
        }

        if (_closedLive != Live.Values.Count(block => block.IsClosed))
        {
            faults.Add($"Pool {Spec.Name} counts {_closedLive} closed live blocks, wrongly.");
        }
    }

    private static int WaitSeconds(PoolSpec spec) => Math.Max(spec.BlockCooldownSeconds, spec.AddressCooldownSeconds);

    /// <summary>
    /// Takes up what is open in some blocks now. Costs a step for each of them or, if these are fewer, for each block
    /// used: never for each address.
    /// </summary>
    private void Refit(UInt128 from, UInt128 to)
    {
        _unused.Remove(from, to);
        foreach (var (first, last) in UnusedWithin(from, to))
        {
            _unused.Add(first, last);
        }

        foreach (var index in UsedWithin(from, to))
        {
            if (Released.Find(index) is { } released)
            {
                Released.Queue(released, Space.FirstOpen(index) is not null);
            }
            else
            {
                Refit(Live[index]);
            }
        }
    }

    private void Refit(BlockState block)
    {
        _closedLive -= block.IsClosed ? 1 : 0;
        block.Refit();
        _closedLive += block.IsClosed ? 1 : 0;
        block.Node.PoolOf(this).Refile(block);
    }

    private List<(UInt128 First, UInt128 Last)> UnusedWithin(UInt128 from, UInt128 to)
    {
        var used = new IntervalSet();
        foreach (var index in UsedWithin(from, to))
        {
            used.Add(index, index);
        }

        var unused = new List<(UInt128 First, UInt128 Last)>();
        foreach (var (first, last) in Space.OpenBlocks(from, to))
        {
            unused.AddRange(used.Gaps(first, last));
        }

        return unused;
    }

    /// <summary>The indexes of the live and the released blocks among some, in order.</summary>
    private List<UInt128> UsedWithin(UInt128 from, UInt128 to)
    {
        var used = new List<UInt128>();
        if (to - from < (UInt128)(Live.Count + Released.Count))
        {
            for (var index = from; index <= to; index++)
            {
                if (Live.ContainsKey(index) || Released.Contains(index))
                {
                    used.Add(index);
                }
            }

            return used;
        }

        used.AddRange(Live.Keys.Concat(Released.All.Select(block => block.Index)));
        _ = used.RemoveAll(index => index < from || index > to); // However many they are.
        used.Sort();
        return used;
    }
}
