using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.PodCidrs;
using Broker.Core.Refusals;
using Broker.Core.Reservations;

namespace Broker.Core.Pools;

/// <summary>Decides changes of a pool's definition; all that is wrong with one is named at once.</summary>
internal static class PoolChangeRules
{
    public static Decision Change(Draft draft, DefinePool command, PoolState pool)
    {
        var spec = command.Spec;
        if (command.SeenPosition is { } seen && seen != pool.Position)
        {
            return Draft.Refuse(
                RefusalCode.Conflict, $"Pool {spec.Name} was changed at position {pool.Position}; {seen} was seen.");
        }

        var faults = Faults(draft.State, pool, spec);
        if (faults.Count > 0)
        {
            return Draft.Refuse(RefusalCode.PoolChangeRefused, string.Join(" ", faults));
        }

        var opens = command.Open && !pool.Open;
        var mayGrant = opens || (pool.Open && Frees(pool.Spec, spec));
        if (mayGrant && PodCidrCheck.Unrecorded(draft.State, spec, command.Seen) is { } unrecorded)
        {
            return Draft.Refuse(unrecorded);
        }

        var position = draft.Add(new PoolChanged(spec, command.Reason), pool.LastPosition);
        if (opens)
        {
            _ = draft.Add(new PoolOpened(spec.Name, command.Reason), position); // The view names the definition.
        }

        var view = pool.ViewAfter(spec, draft.State.Reservations.SpaceOf(spec), draft.Now);
        return draft.Answer(view with { Open = pool.Open || opens, Position = position });
    }

    /// <summary>Whether addresses may be granted after a change that may not before.</summary>
    private static bool Frees(PoolSpec now, PoolSpec then) =>
        then.Cidr != now.Cidr || !then.Exclusions.SequenceEqual(now.Exclusions);

    private static List<string> Faults(LedgerState state, PoolState pool, PoolSpec spec)
    {
        var (now, faults) = (pool.Spec, new List<string>());
        if (spec.BlockPrefixLength != now.BlockPrefixLength)
        {
            faults.Add($"blockPrefixLength: it stays /{now.BlockPrefixLength}.");
        }

        if (spec.Network != now.Network)
        {
            faults.Add($"network: it stays {now.Network.ToString().ToLowerInvariant()}.");
        }

        if (spec.Lessor != now.Lessor)
        {
            faults.Add("commit: it stays what it was defined as; define a further pool.");
        }

        if (spec.PodCidrs != now.PodCidrs)
        {
            faults.Add("podCIDRs: it stays what it was defined as; define a further pool.");
        }

        CheckCidr(state, pool, spec, faults);
        CheckExclusions(pool, spec, faults);
        return faults;
    }

    private static void CheckCidr(LedgerState state, PoolState pool, PoolSpec spec, List<string> faults)
    {
        var now = pool.Spec;
        if (!spec.Cidr.Contains(now.Cidr))
        {
            faults.Add($"cidr: it only grows, and {now.Cidr} must stay inside.");
        }
        else if (spec.Cidr != now.Cidr && now.Network == PoolNetwork.Flat && pool.Live.Count > 0)
        {
            faults.Add($"cidr: prefix and gateway of a flat pool are in use by {pool.Live.Count} blocks.");
        }

        foreach (var other in state.Pools.All)
        {
            if (other != pool && other.Spec.Cidr.Overlaps(spec.Cidr))
            {
                faults.Add($"cidr: it overlaps {other.Spec.Cidr} of {other.Spec.Name}.");
            }
        }
    }

    /// <summary>
    /// What is newly excluded must be free: an excluded address is never leased, and no lease is ever taken away.
    /// </summary>
    private static void CheckExclusions(PoolState pool, PoolSpec spec, List<string> faults)
    {
        if (!spec.Cidr.Contains(pool.Spec.Cidr))
        {
            return; // Another family, or elsewhere: refused for that.
        }

        var added = ExclusionMerge.Merge(spec with { Network = pool.Spec.Network });
        foreach (var (first, last) in ExclusionMerge.Merge(pool.Spec).Runs)
        {
            added.Remove(first, last);
        }

        // Of what the pool holds today: what it grows by nobody can hold.
        var geometry = pool.Geometry;
        var ranges = added.Within(pool.Spec.Cidr.Network.Value, pool.Spec.Cidr.Last.Value)
            .Select(run => new IpRange(geometry.AddressAt(run.First), geometry.AddressAt(run.Last)))
            .ToList();
        if (HeldAddresses.Describe(pool, ranges) is { } held)
        {
            faults.Add($"exclusions: these addresses are held: {held}.");
        }

        if (HeldAddresses.DescribeAgents(pool, ranges) is { } agents)
        {
            faults.Add($"exclusions: in these blocks their agents decide: {agents}.");
        }
    }
}
