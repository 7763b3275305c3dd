using Broker.Core.Addresses;

namespace Broker.Core.Pools;

/// <summary>
/// Which addresses of a pool are closed: excluded, kept back at the edges of a flat pool, or reserved. What a routed
/// block keeps back at its own edges is arithmetic and stands in no list. Addresses are numbers.
/// </summary>
internal sealed class PoolSpace
{
    private readonly IntervalSet _excluded;
    private readonly bool _wholeBlocks;

    public PoolSpace(PoolSpec spec)
    {
        Geometry = new PoolGeometry(spec);
        _excluded = ExclusionMerge.Merge(spec);
        _wholeBlocks = spec.PodCidrs;
        foreach (var (first, last) in _excluded.Runs)
        {
            Closed.Add(first, last);
        }
    }

    public PoolGeometry Geometry { get; }

    /// <summary>All closed addresses.</summary>
    public IntervalSet Closed { get; } = new();

    /// <summary>Number of blocks with an open address. Costs a step for each closed interval.</summary>
    public UInt128 BlocksOpen
    {
        get
        {
            var open = Geometry.LastBlock - Geometry.FirstBlock + 1;
            foreach (var (first, last) in Closed.Runs)
            {
                open -= Geometry.BlocksInside(first, last) is { } covered ? covered.Last - covered.First + 1 : 0;
            }

            return open;
        }
    }

    /// <summary>Closes the addresses of a reservation.</summary>
    public void Reserve(IpRange range)
    {
        var (first, last) = Widen(range);
        Closed.Add(first.Value, last.Value);
    }

    /// <summary>
    /// Opens what a reservation closed, but for what is excluded, or closed by <paramref name="others"/> as well.
    /// </summary>
    public void Drop(IpRange range, IEnumerable<IpRange> others)
    {
        var (from, to) = Widen(range);
        Closed.Remove(from.Value, to.Value);
        foreach (var (first, last) in _excluded.Within(from.Value, to.Value))
        {
            Closed.Add(first, last);
        }

        foreach (var other in others)
        {
            Reserve(other);
        }
    }

    /// <summary>
    /// What a range closes: in a pool of podCIDRs whole blocks, because whoever reads a Node's podCIDRs knows nothing
    /// of single addresses that are kept back in them.
    /// </summary>
    public IpRange Widen(IpRange range) => _wholeBlocks ? Geometry.WholeBlocks(range) : range;

    public bool IsExcluded(IpAddress address) => _excluded.Contains(address.Value);

    public bool IsClosed(IpAddress address) => Closed.Contains(address.Value);

    /// <summary>The first address of a block that may be leased, or null when the whole block is closed.</summary>
    public UInt128? FirstOpen(UInt128 index)
    {
        var (first, last) = Geometry.UsableOf(index);
        return Closed.FirstOutside(first, last);
    }

    /// <summary>The blocks with an open address, as intervals of their indexes.</summary>
    public IEnumerable<(UInt128 First, UInt128 Last)> OpenBlocks(UInt128 from, UInt128 to)
    {
        var closed = new IntervalSet();
        foreach (var (first, last) in Closed.Within(Geometry.UsableOf(from).First, Geometry.UsableOf(to).Last))
        {
            if (Geometry.BlocksInside(first, last) is { } covered)
            {
                closed.Add(covered.First, covered.Last);
            }
        }

        return closed.Gaps(from, to);
    }
}
