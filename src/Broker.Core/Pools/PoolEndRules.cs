using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Refusals;

namespace Broker.Core.Pools;

/// <summary>
/// Decides the end of pools: drained first, so that nothing new begins in one, and retired when all of it has ended.
/// What cools is waited for: its addresses could be defined anew at once.
/// </summary>
internal static class PoolEndRules
{
    private const int NamedMax = 3;

    public static Decision Drain(Draft draft, DrainPool command)
    {
        if (draft.State.Pools.Find(command.Pool) is not { } pool)
        {
            return Unknown(command.Pool.Value);
        }

        if (!pool.Drained)
        {
            // The answer names the definition, not the event.
            _ = draft.Add(new PoolDrained(pool.Spec.Name, command.Reason), pool.LastPosition);
        }

        return draft.Answer(pool.View(draft.Now) with { Open = false, Drained = true });
    }

    public static Decision Retire(Draft draft, RetirePool command)
    {
        if (draft.State.Pools.Find(command.Pool) is not { } pool)
        {
            return Unknown(command.Pool.Value);
        }

        var inTheWay = InTheWay(draft, pool).ToList();
        if (inTheWay.Count > 0)
        {
            return Draft.Refuse(
                RefusalCode.PoolInUse, $"Pool {pool.Spec.Name} cannot be retired: {string.Join("; ", inTheWay)}.");
        }

        _ = draft.Add(new PoolRetired(pool.Spec.Name, command.Reason), pool.LastPosition); // As above.
        return draft.Answer(pool.View(draft.Now));
    }

    private static Decision Unknown(string pool) =>
        Draft.Refuse(RefusalCode.PoolUnknown, $"There is no pool {pool}.");

    /// <summary>All of it, so that it can be dealt with at once.</summary>
    private static IEnumerable<string> InTheWay(Draft draft, PoolState pool)
    {
        if (!pool.Drained)
        {
            yield return "it is not drained";
        }

        if (pool.Live.Count > 0)
        {
            var live = pool.Live.Values.OrderBy(block => block.Cidr).ToList();
            yield return Name("nodes hold", live.Select(block => $"{block.Cidr} (node {block.Node.Name})"), live.Count);
        }

        var cidr = new IpRange(pool.Spec.Cidr.Network, pool.Spec.Cidr.Last);
        var reserved = draft.State.Reservations.AllIn(cidr).ToList();
        if (reserved.Count > 0)
        {
            yield return Name("reserved are", reserved.Select(each => each.Addresses.ToShortText()), reserved.Count);
        }

        var cooling = pool.Released.All.Where(block => pool.CooledAt(block) > draft.Now)
            .OrderBy(block => block.Index).ToList();
        if (cooling.Count > 0)
        {
            yield return Name(
                "cooling are", cooling.Select(block => pool.Geometry.BlockAt(block.Index).ToString()), cooling.Count);
        }
    }

    private static string Name(string what, IEnumerable<string> all, int count)
    {
        var more = count > NamedMax ? $" and {count - NamedMax} more" : string.Empty;
        return $"{what} {string.Join(", ", all.Take(NamedMax))}{more}";
    }
}
