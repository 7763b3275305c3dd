using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Reservations;

/// <summary>Decides what is kept back, and what no more.</summary>
internal static class ReservationRules
{
    public static Decision Make(Draft draft, MakeReservation command)
    {
        var (range, reservations) = (command.Addresses, draft.State.Reservations);
        if (CheckShape(command) is { } malformed)
        {
            return Draft.Refuse(malformed);
        }

        if (reservations.Find(range) is { } known && IsSame(known, command))
        {
            return draft.Answer(known);
        }

        if (draft.State.Pools.PoolOf(range.First) is not { } pool || !pool.Spec.Cidr.Contains(range.Last))
        {
            return Draft.Refuse(RefusalCode.PoolUnknown, $"No pool holds all of {range.ToShortText()}.");
        }

        if ((CheckFree(reservations, range) ?? CheckBinding(draft.State, command, pool)
            ?? CheckHolders(pool, range)) is { } taken)
        {
            return Draft.Refuse(taken);
        }

        if (reservations.Count >= ReservationsState.ReservationsMax)
        {
            return Draft.Refuse(
                RefusalCode.LedgerLimit, $"A ledger has at most {ReservationsState.ReservationsMax} reservations.");
        }

        var made = new ReservationMade(
            range, pool.Spec.Name, command.Name, command.Mac, command.Owner, command.Reason)
        {
            Workload = command.Workload,
        };
        var position = draft.Add(made, range.IsSingle ? null : pool.LastPosition);
        return draft.Answer(new ReservationView(
            range, pool.Spec.Name, command.Name, command.Mac, command.Owner, command.Actor, draft.At, position)
        {
            Workload = command.Workload,
        });
    }

    public static Decision Drop(Draft draft, DropReservation command)
    {
        var (range, asked) = (command.Addresses, command.Position);
        if (CheckShape(range) is { } malformed)
        {
            return Draft.Refuse(malformed);
        }

        if (draft.State.Reservations.FirstIn(range) is not { } found)
        {
            return asked < 0 || asked >= draft.State.Size
                ? Draft.Refuse(RefusalCode.ReservationUnknown, $"{range.ToShortText()} has no reservation {asked} yet.")
                : draft.Answer(new ReservationEnded(range, asked, false));
        }

        if (found.Addresses != range || found.Position != asked)
        {
            return Draft.Refuse(
                RefusalCode.Conflict,
                $"There is the reservation of {found.Addresses.ToShortText()} that was made at {found.Position}.");
        }

        var pool = draft.State.Pools.Find(found.Pool)!;
        if (found.Workload is { } workload && pool.BlockOf(range.First) is { } live)
        {
            return Draft.Refuse(
                RefusalCode.AddressHeld,
                $"{range.ToShortText()} is the fixed address of {workload}, and node {live.Node.Name} has its block.");
        }

        if (CheckAgents(pool, range) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        var dropped = new ReservationDropped(range, found.Pool, asked, command.Reason);
        _ = draft.Add(dropped, range.IsSingle ? asked : pool.LastPosition); // The answer names the position it ends.
        return draft.Answer(new ReservationEnded(range, asked, true));
    }

    private static Refusal? CheckShape(MakeReservation command) => command switch
    {
        { Name: { Value: null } } => Invalid("name: missing."),
        { Mac: { Value: null } } => Invalid("mac: missing."),
        { Workload: { Value: null } } => Invalid("workload: missing."),
        _ => CheckShape(command.Addresses),
    };

    private static Refusal? CheckShape(IpRange range)
    {
        var (first, last) = range;
        var isFamily = first.Family is IpFamily.IPv4 or IpFamily.IPv6 && first.Family == last.Family;
        return isFamily && first <= last && (first.Bits == 128 || last.Value <= uint.MaxValue)
            ? null
            : Invalid("addresses: one address, a range of one family, or a CIDR.");
    }

    private static bool IsSame(ReservationView known, MakeReservation command) =>
        known.Name == command.Name && known.Mac == command.Mac && known.Owner == command.Owner
        && known.Workload == command.Workload;

    private static Refusal? CheckFree(ReservationsState reservations, IpRange range)
    {
        if (reservations.FirstIn(range) is not { } other)
        {
            return null;
        }

        var what = $"{other.Addresses.ToShortText()} ({other.Name?.Value ?? "no name"}, made at {other.Position})";
        return other.Addresses == range
            ? new Refusal(RefusalCode.Exists, $"The reservation of {what} is there with other content.")
            : new Refusal(RefusalCode.ReservationOverlaps, $"It overlaps the reservation of {what}.");
    }

    /// <summary>
    /// A fixed address is a block of its own, so that it moves from node to node as blocks do, and only the broker can
    /// give it to one workload alone.
    /// </summary>
    private static Refusal? CheckBinding(LedgerState state, MakeReservation command, PoolState pool)
    {
        if (command.Workload is not { } workload)
        {
            return null;
        }

        var (spec, range) = (pool.Spec, command.Addresses);
        if (!range.IsSingle || spec.BlockPrefixLength != spec.Cidr.Network.Bits || spec.PodCidrs
            || spec.Lessor != Lessor.Broker)
        {
            return Unbindable("It takes one address, of a pool with blocks of one address and commit central.");
        }

        if (PoolPlaces.Of(spec, range.First) is var place and not PoolPlace.Leasable)
        {
            var why = place == PoolPlace.Excluded ? "excluded" : "kept back";
            return Unbindable($"In pool {spec.Name} {range.First} is {why}.");
        }

        if (state.Reservations.Bound(workload, spec.Name) is { } other)
        {
            return Unbindable($"In pool {spec.Name} {workload} has {other.Addresses.First} already.");
        }

        return pool.BlockOf(range.First) is { } live
            ? new Refusal(RefusalCode.AddressHeld, $"Node {live.Node.Name} has the block {live.Cidr}.")
            : null;
    }

    private static Refusal Unbindable(string detail) => new(RefusalCode.ReservationUnbindable, detail);

    private static Refusal? CheckHolders(PoolState pool, IpRange range) =>
        CheckAgents(pool, range) ?? (HeldAddresses.Describe(pool, [range]) is { } held
            ? new Refusal(RefusalCode.AddressHeld, $"A reservation is for what is free, and these are held: {held}.")
            : null);

    private static Refusal? CheckAgents(PoolState pool, IpRange range) =>
        HeldAddresses.DescribeAgents(pool, [range]) is { } agents
            ? new Refusal(RefusalCode.LessorAgent, $"What is kept back in these blocks their agents decide: {agents}.")
            : null;

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);
}
