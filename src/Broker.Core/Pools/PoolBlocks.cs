using Broker.Core.Addresses;
using Broker.Core.Blocks;

namespace Broker.Core.Pools;

/// <summary>
/// The blocks of a pool: live, released, or never used. Each index is in one of the three, or wholly closed and never
/// used, and then in none.
/// </summary>
internal sealed class PoolBlocks
{
    /// <summary>The live blocks by index.</summary>
    public Dictionary<UInt128, BlockState> Live { get; } = [];

    /// <summary>The released blocks.</summary>
    public ReleasedBlocks Released { get; } = new();

    /// <summary>The never-used blocks with an open address, as indexes.</summary>
    public IntervalSet Unused { get; } = new();

    /// <summary>How many live blocks have no open address.</summary>
    public int ClosedLive { get; private set; }

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
        ClosedLive += block.IsClosed ? 1 : 0;
        Unused.Remove(block.Index, block.Index);
    }

    public void Release(BlockState block, ReleasedBlock released)
    {
        _ = Live.Remove(block.Index); // It is there: the caller found it in this pool.
        ClosedLive -= block.IsClosed ? 1 : 0;
        Released.Add(released);
        Released.Queue(released, !block.IsClosed);
    }

    /// <summary>
    /// Takes up what is open in some blocks now. Costs a step for each of them or, if these are fewer, for each block
    /// used: never for each address.
    /// </summary>
    public void Refit(PoolSpace space, UInt128 from, UInt128 to)
    {
        var used = UsedWithin(from, to);
        Unused.Remove(from, to);
        foreach (var (first, last) in UnusedWithin(space, used, from, to))
        {
            Unused.Add(first, last);
        }

        foreach (var index in used)
        {
            if (Released.Find(index) is { } released)
            {
                Released.Queue(released, space.FirstOpen(index) is not null);
                continue;
            }

            var block = Live[index];
            ClosedLive -= block.IsClosed ? 1 : 0;
            block.Refit();
            ClosedLive += block.IsClosed ? 1 : 0;
            block.Node.PoolOf(block.Pool).Refile(block);
        }
    }

    /// <summary>The indexes of the live and the released blocks among some, in order.</summary>
    public List<UInt128> UsedWithin(UInt128 from, UInt128 to)
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

    /// <summary>Holds everything against a space that was made anew from definition and reservations.</summary>
    public void Validate(List<string> faults, string pool, PoolSpace expected)
    {
        Released.Validate(faults, pool);
        foreach (var block in Released.All)
        {
            if (Live.ContainsKey(block.Index))
            {
                faults.Add($"I3: block {block.Index} of pool {pool} is live and cooling.");
            }

            if (Released.IsQueued(block) != expected.FirstOpen(block.Index) is not null)
            {
                faults.Add($"I3: block {block.Index} of pool {pool} is queued, or set aside, wrongly.");
            }
        }

        var (first, last) = (expected.Geometry.FirstBlock, expected.Geometry.LastBlock);
        if (!Unused.Runs.SequenceEqual(UnusedWithin(expected, UsedWithin(first, last), first, last)))
        {
            faults.Add($"The never-used blocks of pool {pool} are not those that it has.");
        }

        if (ClosedLive != Live.Values.Count(block => block.IsClosed))
        {
            faults.Add($"Pool {pool} counts {ClosedLive} closed live blocks, wrongly.");
        }
    }

    private static List<(UInt128 First, UInt128 Last)> UnusedWithin(
        PoolSpace space, List<UInt128> used, UInt128 from, UInt128 to)
    {
        var taken = new IntervalSet();
        foreach (var index in used)
        {
            taken.Add(index, index);
        }

        var unused = new List<(UInt128 First, UInt128 Last)>();
        foreach (var (first, last) in space.OpenBlocks(from, to))
        {
            unused.AddRange(taken.Gaps(first, last));
        }

        return unused;
    }
}
