using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Pools;

/// <summary>Turns facts about a pool and what it keeps back into state.</summary>
internal static class PoolApply
{
    public static void Apply(LedgerState state, long position, Fact fact)
    {
        switch (fact.Event)
        {
            case PoolOpened opened:
                state.Pools.OpenPool(Touch(state.Pools.Find(opened.Pool)!, position));
                break;
            case PoolDrained drained:
                state.Pools.Drain(Touch(state.Pools.Find(drained.Pool)!, position));
                break;
            case PoolRetired retired:
                Retire(state, state.Pools.Find(retired.Pool)!);
                break;
            case PoolChanged changed:
                Change(state, changed, position);
                break;
            case ReservationMade made:
                Make(state, made, position, fact);
                break;
            case ReservationDropped dropped:
                Drop(state, dropped, position);
                break;
            default:
                throw new InvalidOperationException($"Unknown event {fact.Event.GetType().Name}.");
        }
    }

    private static PoolState Touch(PoolState pool, long position)
    {
        pool.LastPosition = position;
        return pool;
    }

    private static void Retire(LedgerState state, PoolState pool)
    {
        var range = new IpRange(pool.Spec.Cidr.Network, pool.Spec.Cidr.Last);
        if (!pool.Drained || pool.Live.Count > 0 || state.Reservations.FirstIn(range) is not null)
        {
            throw new InvalidOperationException($"Pool {pool.Spec.Name} is in use.");
        }

        state.Pools.Retire(pool);
    }

    private static void Change(LedgerState state, PoolChanged changed, long position)
    {
        var pool = state.Pools.Find(changed.Spec.Name)!;
        var (now, spec) = (pool.Spec, changed.Spec);
        if (spec.BlockPrefixLength != now.BlockPrefixLength || spec.Network != now.Network
            || spec.Lessor != now.Lessor || spec.PodCidrs != now.PodCidrs || !spec.Cidr.Contains(now.Cidr))
        {
            throw new InvalidOperationException($"Pool {now.Name} cannot be changed like that.");
        }

        pool.Change(spec, state.Reservations.SpaceOf(spec), position);
    }

    private static void Make(LedgerState state, ReservationMade made, long position, Fact fact)
    {
        var pool = state.Pools.Find(made.Pool)!;
        var range = made.Addresses;
        if (!pool.Spec.Cidr.Contains(range.First) || !pool.Spec.Cidr.Contains(range.Last)
            || state.Reservations.FirstIn(range) is not null
            || (made.Workload is not null && pool.BlockOf(range.First) is not null))
        {
            throw new InvalidOperationException($"{range.ToShortText()} cannot be reserved in pool {made.Pool}.");
        }

        // The commitments alone: what is erased from its table must not live on in memory.
        var actor = fact.Actor with { PrivateName = Commitment(fact.Actor.PrivateName) };
        state.Reservations.Add(new ReservationView(
            range, made.Pool, made.Name, made.Mac, Commitment(made.Owner), actor, fact.At, position)
        {
            Workload = made.Workload,
        });
        pool.Reserve(range);
        Touch(pool, made, position);
    }

    private static void Drop(LedgerState state, ReservationDropped dropped, long position)
    {
        var range = dropped.Addresses;
        if (state.Reservations.Find(range) is not { } reservation || reservation.Position != dropped.Made
            || reservation.Pool != dropped.Pool)
        {
            throw new InvalidOperationException($"{range.ToShortText()} was not reserved at {dropped.Made}.");
        }

        var pool = state.Pools.Find(dropped.Pool)!;
        if (reservation.Workload is not null && pool.BlockOf(range.First) is not null)
        {
            throw new InvalidOperationException($"{range.ToShortText()} is a fixed address whose block is live.");
        }

        state.Reservations.Remove(reservation);
        pool.Drop(range, state.Reservations);
        Touch(pool, dropped, position);
    }

    private static PrivateText? Commitment(PrivateText? text) =>
        text is null ? null : PrivateText.FromCommitment(text.Commitment);

    /// <summary>An event on a range is one on its pool.</summary>
    private static void Touch(PoolState pool, LedgerEvent what, long position)
    {
        if (what.Subject == Subject.Pool(pool.Spec.Name))
        {
            pool.LastPosition = position;
        }
    }
}
