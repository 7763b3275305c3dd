namespace Broker.Core.Pools;

/// <summary>Exclusions, and what a flat pool keeps back, as few disjoint ranges in order.</summary>
internal static class ExclusionMerge
{
    /// <summary>Offsets from the pool's network; ranges that touch or overlap become one.</summary>
    public static List<(UInt128 First, UInt128 Last)> Merge(PoolSpec spec)
    {
        var ranges = new List<(UInt128 First, UInt128 Last)>(spec.Exclusions.Count + 2);
        foreach (var range in spec.Exclusions)
        {
            ranges.Add((range.First.Value - spec.Cidr.Network.Value, range.Last.Value - spec.Cidr.Network.Value));
        }

        if (spec.Network == PoolNetwork.Flat)
        {
            var kept = KeptBack.OfSubnet(spec.Cidr.Family, spec.Cidr.HostBits);
            var last = spec.Cidr.Last.Value - spec.Cidr.Network.Value;
            ranges.Add((0, UInt128.Min((UInt128)(kept.Head - 1), last)));
            if (kept.Tail > 0)
            {
                ranges.Add((last, last));
            }
        }

        ranges.Sort();
        var merged = new List<(UInt128 First, UInt128 Last)>(ranges.Count);
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, UInt128.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
