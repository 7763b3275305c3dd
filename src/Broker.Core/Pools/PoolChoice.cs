using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core.Pools;

/// <summary>Which pools a grant may come from, and why none may.</summary>
internal static class PoolChoice
{
    /// <summary>Looks up named pools: all must exist, be open, and have the lessor asked for.</summary>
    public static Refusal? Named(
        PoolsState pools, IReadOnlyList<PoolName> names, Lessor? lessor, out List<PoolState> found)
    {
        found = new List<PoolState>(names.Count);
        foreach (var name in names)
        {
            if (pools.Find(name) is not { } pool)
            {
                return new Refusal(RefusalCode.PoolUnknown, $"There is no pool {name}.");
            }

            found.Add(pool);
        }

        foreach (var pool in found)
        {
            if (!pool.Open)
            {
                return NotOpen(pool);
            }
        }

        foreach (var pool in found)
        {
            if (lessor is { } asked && pool.Spec.Lessor != asked)
            {
                return new Refusal(RefusalCode.LessorAgent, $"In pool {pool.Spec.Name} the node's agent leases.");
            }
        }

        return null;
    }

    /// <summary>Why a pool that is not open grants nothing.</summary>
    public static Refusal NotOpen(PoolState pool) => pool.Drained
        ? new Refusal(RefusalCode.PoolDrained, $"Pool {pool.Spec.Name} is drained: it grants nothing any more.")
        : new Refusal(RefusalCode.PoolAdopting, $"Pool {pool.Spec.Name} is not open yet.");

    public static bool Offers(List<PoolState> pools, IpFamily family)
    {
        foreach (var pool in pools)
        {
            if (pool.Spec.Cidr.Family == family)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why no pool offers a family, or any: none exists, none is open, agents lease, or all drain.</summary>
    public static Refusal WhyNone(PoolsState pools, IpFamily? family, Lessor? lessor)
    {
        var what = family is { } one ? $"{one} pool" : "pool";
        var (adopting, agent, drained) = (false, false, false);
        foreach (var pool in pools.All)
        {
            if (family is null || pool.Spec.Cidr.Family == family)
            {
                agent |= pool.Open && lessor is not null;
                adopting |= !pool.Open && !pool.Drained;
                drained |= pool.Drained;
            }
        }

        if (adopting)
        {
            return new Refusal(RefusalCode.PoolAdopting, $"No {what} is open yet.");
        }

        if (agent)
        {
            return new Refusal(RefusalCode.LessorAgent, $"In each open {what} the node's agent leases.");
        }

        return drained
            ? new Refusal(RefusalCode.PoolDrained, $"Each {what} is drained.")
            : new Refusal(RefusalCode.PoolUnknown, $"There is no {what} to grant from.");
    }
}
