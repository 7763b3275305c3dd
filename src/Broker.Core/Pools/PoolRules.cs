using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.PodCidrs;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Pools;

/// <summary>Decides definitions and openings of pools. The same definition again is no change.</summary>
internal static class PoolRules
{
    public static Decision Define(Draft draft, DefinePool command)
    {
        var (spec, pools) = (command.Spec, draft.State.Pools);
        if (PoolShape.Check(spec) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        if (pools.Find(spec.Name) is { } known)
        {
            // A definition that is applied again and again shall not undo what somebody decided once.
            if (known.Drained && command.Open)
            {
                return Draft.Refuse(PoolChoice.NotOpen(known));
            }

            if (!IsSame(known.Spec, spec))
            {
                return PoolChangeRules.Change(draft, command, known);
            }

            return command.Open
                ? Open(draft, known, command.Seen, command.Reason)
                : draft.Answer(known.View(draft.Now));
        }

        if (command.SeenPosition is { } seen)
        {
            return Draft.Refuse(RefusalCode.PoolUnknown, $"There is no pool {spec.Name} that was seen at {seen}.");
        }

        if (pools.Overlapping(spec.Cidr) is { } other)
        {
            return Draft.Refuse(RefusalCode.PoolOverlaps, $"It overlaps {other.Spec.Cidr} of {other.Spec.Name}.");
        }

        if (spec.PodCidrs && pools.PodCidrs.FirstOrDefault(p => p.Spec.Cidr.Family == spec.Cidr.Family) is { } first)
        {
            return Draft.Refuse(
                RefusalCode.PodCidrsPoolExists,
                $"Pool {first.Spec.Name} gives the Nodes their {spec.Cidr.Family} podCIDRs; its CIDR can grow.");
        }

        if (pools.Count >= PoolsState.PoolsMax)
        {
            return Draft.Refuse(RefusalCode.LedgerLimit, $"A ledger has at most {PoolsState.PoolsMax} pools.");
        }

        if (command.Open && PodCidrCheck.Unrecorded(draft.State, spec, command.Seen) is { } unrecorded)
        {
            return Draft.Refuse(unrecorded);
        }

        var position = draft.Add(new PoolDefined(spec, command.Reason), null);
        if (command.Open)
        {
            _ = draft.Add(new PoolOpened(spec.Name, command.Reason), position); // The view names the definition.
        }

        return draft.Answer(
            new PoolView(spec, command.Open, new PoolSpace(spec).BlocksOpen, 0, 0, position));
    }

    public static Decision Open(Draft draft, OpenPool command) =>
        draft.State.Pools.Find(command.Pool) is { } pool
            ? Open(draft, pool, command.Seen, command.Reason)
            : Draft.Refuse(RefusalCode.PoolUnknown, $"There is no pool {command.Pool}.");

    private static Decision Open(
        Draft draft, PoolState pool, IReadOnlyList<NodePodCidrs> seen, Journal.PrivateText? reason)
    {
        if (!pool.Open)
        {
            if (PodCidrCheck.Unrecorded(draft.State, pool.Spec, seen) is { } unrecorded)
            {
                return Draft.Refuse(unrecorded);
            }

            _ = draft.Add(new PoolOpened(pool.Spec.Name, reason), pool.LastPosition); // The view names the definition.
        }

        return draft.Answer(pool.View(draft.Now) with { Open = true, Drained = false });
    }

    private static bool IsSame(PoolSpec left, PoolSpec right) =>
        left with { Exclusions = right.Exclusions } == right && left.Exclusions.SequenceEqual(right.Exclusions);
}
