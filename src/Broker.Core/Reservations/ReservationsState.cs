using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Views;

namespace Broker.Core.Reservations;

/// <summary>All reservations, in the order of their addresses; none shares an address with another.</summary>
internal sealed class ReservationsState
{
    /// <summary>Most reservations of a ledger.</summary>
    public const int ReservationsMax = 65_536;

    private readonly List<ReservationView> _byAddress = [];
    private readonly Dictionary<(WorkloadName Workload, PoolName Pool), ReservationView> _byWorkload = [];

    public IReadOnlyList<ReservationView> All => _byAddress;

    public int Count => _byAddress.Count;

    /// <summary>The reservation that an address lies in.</summary>
    public ReservationView? Covering(IpAddress address) => FirstIn(new IpRange(address, address));

    /// <summary>The first reservation that shares an address with a range.</summary>
    public ReservationView? FirstIn(IpRange range)
    {
        var place = PlaceOf(range.First);
        return place < Count && _byAddress[place].Addresses.Overlaps(range) ? _byAddress[place] : null;
    }

    /// <summary>The reservation of exactly these addresses.</summary>
    public ReservationView? Find(IpRange range) =>
        FirstIn(range) is { } first && first.Addresses == range ? first : null;

    /// <summary>All reservations that share an address with a range, in order.</summary>
    public IEnumerable<ReservationView> AllIn(IpRange range)
    {
        for (var i = PlaceOf(range.First); i < Count && _byAddress[i].Addresses.Overlaps(range); i++)
        {
            yield return _byAddress[i];
        }
    }

    /// <summary>Whether any workload has a fixed address.</summary>
    public bool HasBound => _byWorkload.Count > 0;

    /// <summary>The fixed address of a workload in a pool.</summary>
    public ReservationView? Bound(WorkloadName workload, PoolName pool) =>
        _byWorkload.GetValueOrDefault((workload, pool));

    /// <summary>The workload that all of a block is bound to; null for none.</summary>
    public WorkloadName? WorkloadOf(Cidr block) =>
        Find(new IpRange(block.Network, block.Last))?.Workload;

    public void Add(ReservationView reservation)
    {
        _byAddress.Insert(PlaceOf(reservation.Addresses.First), reservation);
        if (reservation.Workload is { } workload)
        {
            _byWorkload.Add((workload, reservation.Pool), reservation);
        }
    }

    public void Remove(ReservationView reservation)
    {
        _byAddress.RemoveAt(PlaceOf(reservation.Addresses.First));
        if (reservation.Workload is { } workload)
        {
            _ = _byWorkload.Remove((workload, reservation.Pool)); // It was added with it.
        }
    }

    /// <summary>The space of a pool with these reservations, made anew.</summary>
    public PoolSpace SpaceOf(PoolSpec spec)
    {
        var space = new PoolSpace(spec);
        foreach (var reservation in AllIn(new IpRange(spec.Cidr.Network, spec.Cidr.Last)))
        {
            space.Reserve(reservation.Addresses);
        }

        return space;
    }

    public void Validate(List<string> faults, PoolsState pools)
    {
        for (var i = 0; i < Count; i++)
        {
            var (range, pool) = (_byAddress[i].Addresses, pools.Find(_byAddress[i].Pool));
            if (i > 0 && _byAddress[i - 1].Addresses.Last >= range.First)
            {
                faults.Add($"Reservations {_byAddress[i - 1].Addresses} and {range} overlap or are out of order.");
            }

            if (pool is null || !pool.Spec.Cidr.Contains(range.First) || !pool.Spec.Cidr.Contains(range.Last))
            {
                faults.Add($"Reservation {range} does not lie in its pool.");
            }
        }

        if (_byAddress.Count(each => each.Workload is not null) != _byWorkload.Count
            || _byWorkload.Any(each => Find(each.Value.Addresses) != each.Value))
        {
            faults.Add("I4: the fixed addresses are not those that were reserved.");
        }

        if (Count > ReservationsMax)
        {
            faults.Add($"There are {Count} reservations, more than a ledger may have.");
        }
    }

    /// <summary>The place of the first reservation that ends at or after an address.</summary>
    private int PlaceOf(IpAddress address)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byAddress[middle].Addresses.Last < address ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
