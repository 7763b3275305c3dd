using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Leases;

/// <summary>
/// Finds the fixed address of a workload: a block of one address that goes to whichever node runs the workload's pod,
/// once that pod was read from the API server as bound there (I4).
/// </summary>
internal static class FixedPicker
{
    /// <summary>The first address of a family, in the order of the pools, that is bound to the workload.</summary>
    public static ReservationView? Find(Draft draft, GrantLease command, List<PoolState> pools, IpFamily family)
    {
        if (!draft.State.Reservations.HasBound || command.Pod.Workload is not { } workload)
        {
            return null;
        }

        foreach (var pool in pools)
        {
            if (pool.Spec.Cidr.Family == family
                && draft.State.Reservations.Bound(workload, pool.Spec.Name) is { } bound
                && !IsOnOtherInterface(command, pool, bound))
            {
                return bound;
            }
        }

        return null;
    }

    /// <summary>Whether the pod has the address already, on another interface: this one gets one of its own.</summary>
    private static bool IsOnOtherInterface(GrantLease command, PoolState pool, ReservationView bound) =>
        pool.BlockOf(bound.Addresses.First)?.Addresses.LeaseAt(0)?.Holding is { } holding
        && holding.Attachment.Node == command.Attachment.Node && holding.Pod.Uid == command.Pod.Uid
        && (holding.Attachment.Network, holding.Attachment.Interface)
            != (command.Attachment.Network, command.Attachment.Interface);

    public static Refusal? Pick(
        Draft draft, GrantLease command, NodeState node, ReservationView bound, out LeasePick pick)
    {
        pick = default;
        var (address, pool) = (bound.Addresses.First, draft.State.Pools.Find(bound.Pool)!);
        if (command.PodAssurance != PodAssurance.Verified)
        {
            return new Refusal(
                RefusalCode.PodUnverified, $"{address} is for {bound.Workload} alone, and nobody could look it up.");
        }

        if (pool.Space.IsExcluded(address))
        {
            return AddressPicker.Unavailable(address, "it is excluded by now");
        }

        if (LeaseLimits.Check(pool, node, command.Pod) is { } over)
        {
            return over;
        }

        var index = pool.Geometry.IndexOf(address);
        if (pool.BlockOf(address) is { } block)
        {
            if (block.Node != node || block.Addresses.Live > 0)
            {
                return AddressPicker.Unavailable(address, $"node {block.Node.Name} has it still ({block.Cidr})");
            }

            if (block.Addresses.FreeAt(0, pool.Spec.AddressCooldownSeconds) > draft.Now
                && block.Addresses.FormerAt(0) is null)
            {
                return AddressPicker.Unavailable(address, "its lease was reclaimed a short while ago and it cools");
            }

            pick = LeasePicker.InBlock(block, 0);
            return null;
        }

        if (pool.Released.Find(index) is { } released && released.Workload != bound.Workload
            && pool.CooledAt(released) > draft.Now)
        {
            return AddressPicker.Unavailable(address, "it was released or reclaimed a short while ago and cools");
        }

        if (node.FindPool(pool.Spec.Name) is { MayGrow: false })
        {
            return new Refusal(
                RefusalCode.BlockLimit, $"{address} is a block of {pool.Spec.Name}, and no further one is allowed.");
        }

        pick = new LeasePick(pool, null, index, address, null);
        return null;
    }
}
