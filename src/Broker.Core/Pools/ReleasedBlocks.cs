using Broker.Core.Time;

namespace Broker.Core.Pools;

/// <summary>
/// The released blocks of a pool. Those with an open address are queued, longest-released first; one that is wholly
/// closed waits aside, for its cooldown goes on.
/// </summary>
internal sealed class ReleasedBlocks
{
    private readonly Dictionary<UInt128, ReleasedBlock> _byIndex = [];
    private readonly SortedSet<ReleasedBlock> _queue = new(
        Comparer<ReleasedBlock>.Create((left, right) => left.Position.CompareTo(right.Position)));

    public int Count => _byIndex.Count;

    /// <summary>The longest-released block of the queue.</summary>
    public ReleasedBlock? Oldest => _queue.Min;

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<ReleasedBlock> All => _byIndex.Values;

    public bool Contains(UInt128 index) => _byIndex.ContainsKey(index);

    public ReleasedBlock? Find(UInt128 index) => _byIndex.GetValueOrDefault(index);

    /// <summary>Takes a block up, aside for now.</summary>
    public void Add(ReleasedBlock block) => _byIndex.Add(block.Index, block);

    /// <summary>Queues a block, or sets it aside.</summary>
    public void Queue(ReleasedBlock block, bool queued) =>
        _ = queued ? _queue.Add(block) : _queue.Remove(block); // Where it stands already, it stays.

    public bool IsQueued(ReleasedBlock block) => _queue.Contains(block);

    public void Remove(ReleasedBlock block)
    {
        _ = _byIndex.Remove(block.Index); // It is there: the caller found it here.
        _ = _queue.Remove(block); // It may wait aside.
    }

    /// <summary>
    /// How many of the queue were released after a time: those that are cooling. Costs one step for each of them.
    /// </summary>
    public long CountAfter(LedgerTime time)
    {
        var count = 0L;
        foreach (var block in _queue.Reverse())
        {
            if (block.Stamp <= time)
            {
                break;
            }

            count++;
        }

        return count;
    }

    public void Validate(List<string> faults, string pool)
    {
        ReleasedBlock? before = null;
        foreach (var block in _queue)
        {
            if (before is not null && before.Stamp > block.Stamp)
            {
                faults.Add($"I3: released blocks of pool {pool} are out of order at {block.Index}.");
            }

            if (Find(block.Index) != block)
            {
                faults.Add($"Released block {block.Index} of pool {pool} is not indexed.");
            }

            before = block;
        }
    }
}
