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

    private UInt128 _cursor;

    public PoolState(PoolSpec spec, long position)
    {
        Spec = spec;
        Position = position;
        LastPosition = position;
        Geometry = PoolGeometry.Of(spec);
        _cursor = Geometry.NextUsableBlock(0);
    }

    public PoolSpec Spec { get; }

    public PoolGeometry Geometry { get; }

    /// <summary>The position of its <c>pool.defined</c>.</summary>
    public long Position { get; }

    /// <summary>The position of the newest event on the pool.</summary>
    public long LastPosition { get; set; }

    public bool Open { get; set; }

    public Dictionary<UInt128, BlockState> Live { get; } = [];

    public ReleasedBlocks Released { get; } = new();

    /// <summary>
    /// A released block waits for its own cooldown and for that of its addresses, because what is known of them goes
    /// with the block: an address must not come back through its block before its time (I3).
    /// </summary>
    private int BlockWaitSeconds => Math.Max(Spec.BlockCooldownSeconds, Spec.AddressCooldownSeconds);

    /// <summary>The block to grant now, or null when there is none.</summary>
    public UInt128? Pick(LedgerTime now)
    {
        var unused = _cursor < Geometry.BlockCount;
        if (unused && _cursor < WindowBlocks)
        {
            return _cursor;
        }

        if (Released.Oldest is { } oldest && oldest.Stamp.PlusSeconds(BlockWaitSeconds) <= now)
        {
            return oldest.Index;
        }

        return unused ? _cursor : null;
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
        while (_cursor < Geometry.BlockCount && (Live.ContainsKey(_cursor) || Released.Contains(_cursor)))
        {
            _cursor = Geometry.NextUsableBlock(_cursor + 1);
        }
    }

    public void Release(BlockState block, long position, LedgerTime now)
    {
        _ = Live.Remove(block.Index); // It is there: the caller found it in this pool.
        Released.Add(new ReleasedBlock(block.Index, position, now));
    }

    /// <summary>The live block that holds an address of the pool.</summary>
    public BlockState? BlockOf(IpAddress address) => Live.GetValueOrDefault(Geometry.IndexOf(address));

    public PoolView View(LedgerTime now) => new(
        Spec,
        Open,
        Geometry.BlocksUsable,
        Live.Count,
        Released.CountAfter(now.PlusSeconds(-BlockWaitSeconds)),
        Position);

    public void Validate(List<string> faults)
    {
        var count = 0;
        for (var block = Released.Oldest; block is not null; block = block.Newer, count++)
        {
            if (Live.ContainsKey(block.Index))
            {
                faults.Add($"I3: block {Geometry.BlockAt(block.Index)} is live and cooling.");
            }

            if (block.Newer is { } newer && (newer.Stamp < block.Stamp || newer.Older != block))
            {
                faults.Add($"I3: released blocks of pool {Spec.Name} are out of order at {block.Index}.");
            }

            if (!Released.Contains(block.Index))
            {
                faults.Add($"Released block {block.Index} of pool {Spec.Name} is not indexed.");
            }
        }

        if (count != Released.Count)
        {
            faults.Add($"Pool {Spec.Name} counts {Released.Count} released blocks and queues {count}.");
        }

        if (Live.ContainsKey(_cursor) || Released.Contains(_cursor))
        {
            faults.Add($"The cursor of pool {Spec.Name} stands on used block {_cursor}.");
        }
    }
}
