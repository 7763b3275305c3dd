using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.PodCidrs;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Time;

namespace Broker.Core.Leases;

/// <summary>
/// Finds an address: in a block that the node has, else in a further one. Pools are tried in the order of their names,
/// or in that of the request.
/// </summary>
internal static class LeasePicker
{
    /// <summary>An address of a family out of any pool in which the broker leases.</summary>
    public static Refusal? PickAny(
        Draft draft, GrantLease command, NodeState node, IpFamily family, out LeasePick pick)
    {
        foreach (var held in node.Pools)
        {
            if (held.Pool.Open && held.Pool.Spec.Cidr.Family == family && held.Pick(draft.Now) is { } block
                && LeaseLimits.Check(held.Pool, node, command.Pod) is null)
            {
                pick = InBlock(block, draft.Now);
                return null;
            }
        }

        return PickNew(draft, command, node, family, draft.State.Pools.Leasing(family), out pick);
    }

    /// <summary>An address of a family out of the pools given, all of them open and leased by the broker.</summary>
    public static Refusal? PickIn(
        Draft draft,
        GrantLease command,
        NodeState node,
        IpFamily family,
        List<PoolState> pools,
        out LeasePick pick)
    {
        foreach (var pool in pools)
        {
            if (pool.Spec.Cidr.Family == family && node.FindPool(pool.Spec.Name)?.Pick(draft.Now) is { } block
                && LeaseLimits.Check(pool, node, command.Pod) is null)
            {
                pick = InBlock(block, draft.Now);
                return null;
            }
        }

        return PickNew(draft, command, node, family, pools, out pick);
    }

    /// <summary>The address that the same workload held here until its node released it: without a wait (I3).</summary>
    public static LeasePick? PickFormer(
        GrantLease command, NodeState node, List<PoolState> pools, IpFamily family)
    {
        Former? former = null;
        foreach (var held in node.Pools)
        {
            if (!held.HasFormer || held.Pool.Spec.Cidr.Family != family)
            {
                continue;
            }

            former ??= Holding.FormerOf(command.Attachment, command.Pod, command.PodAssurance);
            if (former is not null && held.FormerOf(former) is { } found
                && found.Block is { Lessor: Lessor.Broker, Workload: null }
                && !held.Pool.Space.IsClosed(found.Block.AddressAt(found.Slot)) && pools.Contains(held.Pool)
                && LeaseLimits.Check(held.Pool, node, command.Pod) is null)
            {
                return InBlock(found.Block, found.Slot);
            }
        }

        return null;
    }

    /// <summary>An address of a live block.</summary>
    public static LeasePick InBlock(BlockState block, int slot) => new(
        block.Pool, block, block.Index, block.AddressAt(slot), block.Addresses.PrevOf(slot) ?? block.Position);

    private static LeasePick InBlock(BlockState block, LedgerTime now) =>
        InBlock(block, block.Addresses.Pick(now, block.Pool.Spec.AddressCooldownSeconds));

    private static Refusal? PickNew(
        Draft draft,
        GrantLease command,
        NodeState node,
        IpFamily family,
        List<PoolState> pools,
        out LeasePick pick)
    {
        pick = default;
        PoolName? limited = null;
        Refusal? apart = null;
        var holds = false;
        foreach (var pool in pools)
        {
            if (pool.Spec.Cidr.Family != family)
            {
                continue;
            }

            var held = node.FindPool(pool.Spec.Name);
            holds |= held is not null;
            if (LeaseLimits.Check(pool, node, command.Pod) is { } over)
            {
                apart ??= over;
                continue;
            }

            if (pool.Pick(draft.Now) is not { } index)
            {
                continue;
            }

            if (held is { MayGrow: false })
            {
                limited ??= pool.Spec.Name;
                continue;
            }

            if (pool.Spec.PodCidrs && PodCidrPlan.Pick(draft, node, out _) is { } refused)
            {
                apart ??= refused;
                continue;
            }

            var address = pool.Geometry.AddressAt(pool.Space.FirstOpen(index)!.Value); // It picks no closed block.
            pick = new LeasePick(pool, null, index, address, null);
            return null;
        }

        return limited is null && apart is not null ? apart : RefusalOf(family, limited, holds);
    }

    private static Refusal RefusalOf(IpFamily family, PoolName? limited, bool holds)
    {
        if (limited is { } pool)
        {
            return new Refusal(
                RefusalCode.BlockLimit, $"No free {family} address, and no further block of {pool} allowed.");
        }

        return holds
            ? new Refusal(RefusalCode.BlockExhausted, $"No free {family} address, and no further block to be had.")
            : new Refusal(RefusalCode.PoolExhausted, $"No free {family} block.");
    }
}
