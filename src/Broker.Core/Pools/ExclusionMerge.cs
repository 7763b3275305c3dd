using Broker.Core.Addresses;

namespace Broker.Core.Pools;

/// <summary>Exclusions, and what a flat pool keeps back.</summary>
internal static class ExclusionMerge
{
    /// <summary>Addresses as numbers.</summary>
    public static IntervalSet Merge(PoolSpec spec)
    {
        var merged = new IntervalSet();
        var geometry = new PoolGeometry(spec);
        foreach (var range in spec.Exclusions)
        {
            var (from, to) = spec.PodCidrs ? geometry.WholeBlocks(range) : range;
            merged.Add(from.Value, to.Value);
        }

        if (spec.Network == PoolNetwork.Flat)
        {
            var kept = KeptBack.OfSubnet(spec.Cidr.Family, spec.Cidr.HostBits);
            var (first, last) = (spec.Cidr.Network.Value, spec.Cidr.Last.Value);
            merged.Add(first, UInt128.Min(first + (UInt128)(kept.Head - 1), last));
            if (kept.Tail > 0)
            {
                merged.Add(last, last);
            }
        }

        return merged;
    }
}
