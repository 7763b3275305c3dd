using Broker.Core.Time;

namespace Broker.Core.Pools;

/// <summary>The released blocks of a pool, longest-released first; any of them leaves in one step.</summary>
internal sealed class ReleasedBlocks
{
    private readonly Dictionary<UInt128, ReleasedBlock> _byIndex = [];
    private ReleasedBlock? _newest;

    public int Count => _byIndex.Count;

    /// <summary>The longest-released block.</summary>
    public ReleasedBlock? Oldest { get; private set; }

    public bool Contains(UInt128 index) => _byIndex.ContainsKey(index);

    public ReleasedBlock? Find(UInt128 index) => _byIndex.GetValueOrDefault(index);

    public void Add(ReleasedBlock block)
    {
        _byIndex.Add(block.Index, block);
        block.Older = _newest;
        if (_newest is null)
        {
            Oldest = block;
        }
        else
        {
            _newest.Newer = block;
        }

        _newest = block;
    }

    public void Remove(ReleasedBlock block)
    {
        _ = _byIndex.Remove(block.Index); // It is there: the caller found it in this queue.
        if (block.Older is null)
        {
            Oldest = block.Newer;
        }
        else
        {
            block.Older.Newer = block.Newer;
        }

        if (block.Newer is null)
        {
            _newest = block.Older;
        }
        else
        {
            block.Newer.Older = block.Older;
        }
    }

    /// <summary>How many were released after a time: those that are cooling. Costs one step for each of them.</summary>
    public long CountAfter(LedgerTime time)
    {
        var count = 0L;
        for (var block = _newest; block is not null && block.Stamp > time; block = block.Older)
        {
            count++;
        }

        return count;
    }
}
