using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Reservations;
using Broker.Core.Views;

namespace Broker.Core.PodCidrs;

/// <summary>One Node's podCIDRs on their way into the ledger: the facts, and what stands against the rest.</summary>
internal sealed class PodCidrAdoption(Draft draft, AdoptPodCidrs command)
{
    private readonly Dictionary<PoolState, long> _prev = [];
    private readonly HashSet<PoolState> _touched = [];

    public List<string> Conflicts { get; } = [];

    /// <summary>Takes one podCIDR that shares addresses with a pool of podCIDRs.</summary>
    public void Take(PoolState pool, Cidr cidr)
    {
        var range = PodCidrCheck.Within(pool.Spec.Cidr, cidr);
        var live = pool.LiveIn(range);
        if (live is [var block] && block.Cidr == cidr && block.Node.Name == command.Seen.Node
            && block.Uid == command.Seen.Uid)
        {
            return;
        }

        if (live.Count > 0)
        {
            Conflicts.Add($"{cidr} lies over {live[0].Cidr}, a block of node {live[0].Node.Name}.");
            return;
        }

        if (!_touched.Add(pool))
        {
            Conflicts.Add($"{cidr} is a second podCIDR in pool {pool.Spec.Name}.");
            return;
        }

        var kept = draft.State.Reservations.AllIn(range).ToList();
        if (kept is [var own] && own.Addresses == range && own.MadeBy.Role == ActorRole.Broker)
        {
            TakeKept(pool, cidr, own);
        }
        else if (pool.Space.Closed.FirstOutside(range.First.Value, range.Last.Value) is null)
        {
            return; // An operator has kept it back.
        }
        else if (kept.Count > 0 || IsPartlyClosed(pool, range))
        {
            Conflicts.Add($"{cidr} is kept back in part only: reserve all of {range}.");
        }
        else if (MayGrant(pool, cidr))
        {
            Grant(pool, cidr);
        }
        else
        {
            Keep(pool, cidr, range);
        }
    }

    private void TakeKept(PoolState pool, Cidr cidr, ReservationView own)
    {
        if (own.Name?.Value != command.Seen.Node.Value)
        {
            Conflicts.Add($"{cidr} is kept back for Node {own.Name}, which had it first.");
            return;
        }

        var isExcluded = pool.Spec.Exclusions.Any(range => range.Overlaps(own.Addresses));
        if (!isExcluded && MayGrant(pool, cidr))
        {
            var dropped = new ReservationDropped(own.Addresses, pool.Spec.Name, own.Position, null);
            AddOnRange(pool, dropped, own.Addresses, own.Position);
            Grant(pool, cidr);
        }
    }

    // A fenced node's block is its own as well: its machine may be running with it.
    private bool MayGrant(PoolState pool, Cidr cidr) =>
        IsBlock(pool, cidr)
        && draft.State.Nodes.Find(command.Seen.Node) is { IsProvisional: false, Standing: not Standing.Retired } node
        && node.Uid == command.Seen.Uid
        && node.FindPool(pool.Spec.Name) is null
        && !IsCooling(pool, cidr);

    private static bool IsBlock(PoolState pool, Cidr cidr) =>
        pool.Spec.Cidr.Contains(cidr) && cidr.PrefixLength == pool.Spec.BlockPrefixLength;

    private bool IsCooling(PoolState pool, Cidr cidr) =>
        pool.Released.Find(pool.Geometry.IndexOf(cidr.Network)) is { } released
        && pool.CooledAt(released) > draft.Now;

    private static bool IsPartlyClosed(PoolState pool, IpRange range)
    {
        var (first, last) = pool.Space.Widen(range);
        return pool.Space.Closed.Within(first.Value, last.Value).Any();
    }

    private void Grant(PoolState pool, Cidr cidr)
    {
        var node = draft.State.Nodes.Find(command.Seen.Node)!;
        var granted = new BlockGranted(cidr, pool.Spec.Name, node.Name, node.Uid, pool.Spec.Lessor);
        _ = draft.Add(granted, pool.PrevOf(pool.Geometry.IndexOf(cidr.Network))); // Nobody asks where.
    }

    private void Keep(PoolState pool, Cidr cidr, IpRange range)
    {
        // Before a pool is open an operator looks at all that was kept back; afterwards a node could close the whole
        // pool by writing it on its own Node, so that a Node has one block at most, as by a grant.
        if (pool.Open && !IsBlock(pool, cidr))
        {
            var (name, bits) = (pool.Spec.Name, pool.Spec.BlockPrefixLength);
            Conflicts.Add($"{cidr} is no block of the open pool {name}, which gives /{bits}.");
            return;
        }

        if (draft.State.Reservations.Count + draft.Count >= ReservationsState.ReservationsMax)
        {
            Conflicts.Add($"{cidr} cannot be kept back: there are {ReservationsState.ReservationsMax} reservations.");
            return;
        }

        var made = new ReservationMade(
            range, pool.Spec.Name, ReservationName.Parse(command.Seen.Node.Value), null, command.Owner, null);
        AddOnRange(pool, made, range, null);
    }

    private void AddOnRange(PoolState pool, LedgerEvent what, IpRange range, long? prevOfSingle)
    {
        if (range.IsSingle)
        {
            _ = draft.Add(what, prevOfSingle); // Nobody asks where.
        }
        else
        {
            _prev[pool] = draft.Add(what, _prev.TryGetValue(pool, out var last) ? last : pool.LastPosition);
        }
    }
}
