using Broker.Core.Addresses;

namespace Broker.Core.Pools;

/// <summary>Places an address in a pool by the pool's definition alone.</summary>
public static class PoolPlaces
{
    /// <summary>What a pool that was defined makes of an address that lies in it.</summary>
    public static PoolPlace Of(PoolSpec spec, IpAddress address)
    {
        if (spec.Exclusions.Any(range => range.Contains(address)))
        {
            return PoolPlace.Excluded;
        }

        var space = new PoolSpace(spec);
        var (first, last) = space.Geometry.UsableOf(address.Value >> space.Geometry.HostBits);
        return address.Value < first || address.Value > last || space.IsClosed(address)
            ? PoolPlace.KeptBack
            : PoolPlace.Leasable;
    }
}
