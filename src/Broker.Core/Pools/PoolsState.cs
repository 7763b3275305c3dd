using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Names;
using Broker.Core.Reservations;

namespace Broker.Core.Pools;

/// <summary>All pools: by name, by address, and the open ones of each family in the order of their names.</summary>
internal sealed class PoolsState
{
    /// <summary>Most pools of a ledger.</summary>
    public const int PoolsMax = 1_024;

    private readonly Dictionary<PoolName, PoolState> _byName = [];
    private readonly List<PoolState> _byNetwork = [];
    private readonly List<PoolState> _open4 = [];
    private readonly List<PoolState> _open6 = [];
    private readonly List<PoolState> _leasing4 = [];
    private readonly List<PoolState> _leasing6 = [];

    private readonly List<PoolState> _podCidrs = [];

    public int Count => _byName.Count;

    /// <summary>The pools of podCIDRs, at most one a family, IPv4 first.</summary>
    public IReadOnlyList<PoolState> PodCidrs => _podCidrs;

    /// <summary>All pools in the order of their networks.</summary>
    public IReadOnlyList<PoolState> All => _byNetwork;

    public PoolState? Find(PoolName name) => _byName.GetValueOrDefault(name);

    /// <summary>The open pools of a family, by name.</summary>
    public List<PoolState> Open(IpFamily family) => family == IpFamily.IPv4 ? _open4 : _open6;

    /// <summary>The open pools of a family in which the broker leases, by name.</summary>
    public List<PoolState> Leasing(IpFamily family) => family == IpFamily.IPv4 ? _leasing4 : _leasing6;

    public void Define(PoolState pool)
    {
        _byName.Add(pool.Spec.Name, pool);
        _byNetwork.Insert(PlaceOf(pool.Spec.Cidr.Network), pool);
        if (pool.Spec.PodCidrs)
        {
            _podCidrs.Insert(pool.Spec.Cidr.Family == IpFamily.IPv4 ? 0 : _podCidrs.Count, pool);
        }
    }

    public void OpenPool(PoolState pool)
    {
        (pool.Open, pool.Drained) = (true, false);
        InsertByName(Open(pool.Spec.Cidr.Family), pool);
        if (pool.Spec.Lessor == Lessor.Broker)
        {
            InsertByName(Leasing(pool.Spec.Cidr.Family), pool);
        }
    }

    public void Drain(PoolState pool)
    {
        (pool.Open, pool.Drained) = (false, true);
        _ = Open(pool.Spec.Cidr.Family).Remove(pool); // One that was never open is in no list.
        _ = Leasing(pool.Spec.Cidr.Family).Remove(pool); // As above.
    }

    /// <summary>Forgets a drained pool, with all that was known of its blocks.</summary>
    public void Retire(PoolState pool)
    {
        _ = _byName.Remove(pool.Spec.Name); // It is there: the caller found it by it.
        _ = _byNetwork.Remove(pool); // As above.
        _ = _podCidrs.Remove(pool); // Most pools are not of podCIDRs.
    }

    /// <summary>The pool that holds an address.</summary>
    public PoolState? PoolOf(IpAddress address)
    {
        var place = PlaceOf(address);
        if (place < _byNetwork.Count && _byNetwork[place].Spec.Cidr.Network == address)
        {
            return _byNetwork[place];
        }

        return place > 0 && _byNetwork[place - 1].Spec.Cidr.Contains(address) ? _byNetwork[place - 1] : null;
    }

    /// <summary>A pool that shares addresses with a subnet: pools are disjoint, so a neighbour is enough.</summary>
    public PoolState? Overlapping(Cidr cidr)
    {
        var place = PlaceOf(cidr.Network);
        if (place < _byNetwork.Count && _byNetwork[place].Spec.Cidr.Overlaps(cidr))
        {
            return _byNetwork[place];
        }

        return place > 0 && _byNetwork[place - 1].Spec.Cidr.Overlaps(cidr) ? _byNetwork[place - 1] : null;
    }

    /// <summary>The live block that holds an address.</summary>
    public BlockState? BlockOf(IpAddress address) => PoolOf(address)?.BlockOf(address);

    /// <summary>The live block that is exactly this subnet.</summary>
    public BlockState? BlockAt(Cidr cidr) => BlockOf(cidr.Network) is { } block && block.Cidr == cidr ? block : null;

    public void Validate(List<string> faults, ReservationsState reservations)
    {
        for (var i = 1; i < _byNetwork.Count; i++)
        {
            var (left, right) = (_byNetwork[i - 1].Spec.Cidr, _byNetwork[i].Spec.Cidr);
            if (left.Overlaps(right) || left.Network >= right.Network)
            {
                faults.Add($"I1: pools {left} and {right} overlap or are out of order.");
            }
        }

        if (!_byNetwork.Where(pool => pool.Spec.PodCidrs).SequenceEqual(_podCidrs)
            || _podCidrs.DistinctBy(pool => pool.Spec.Cidr.Family).Count() != _podCidrs.Count)
        {
            faults.Add("The pools of podCIDRs are not one a family, or indexed wrongly.");
        }

        var open = 0;
        foreach (var pool in _byNetwork)
        {
            pool.Validate(faults, reservations.SpaceOf(pool.Spec));
            open += pool.Open ? 1 : 0;
            if (Find(pool.Spec.Name) != pool || pool.Open != Open(pool.Spec.Cidr.Family).Contains(pool))
            {
                faults.Add($"Pool {pool.Spec.Name} is indexed wrongly.");
            }
        }

        if (open != _open4.Count + _open6.Count || _byName.Count != _byNetwork.Count)
        {
            faults.Add("The indexes of pools differ in size.");
        }
    }

    private static void InsertByName(List<PoolState> pools, PoolState pool)
    {
        var place = pools.FindIndex(other => string.CompareOrdinal(other.Spec.Name.Value, pool.Spec.Name.Value) > 0);
        pools.Insert(place < 0 ? pools.Count : place, pool);
    }

    /// <summary>The first place whose network is at or after an address.</summary>
    private int PlaceOf(IpAddress address)
    {
        var (low, high) = (0, _byNetwork.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byNetwork[middle].Spec.Cidr.Network < address ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
