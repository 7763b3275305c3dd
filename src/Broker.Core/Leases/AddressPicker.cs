using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Commands;
using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Refusals;

namespace Broker.Core.Leases;

/// <summary>
/// Finds the one address that a request names: in a block that the node has, or in one that it can be granted.
/// </summary>
internal static class AddressPicker
{
    /// <summary>
    /// How far into a block an address may be asked for, in usable addresses: memory grows up to the slot in use, and
    /// a node shall not make it grow by one request.
    /// </summary>
    public const int SlotsMax = 4_096;

    public static Refusal? Pick(
        Draft draft, GrantLease command, NodeState node, List<PoolState>? named, IpAddress address, out LeasePick pick)
    {
        pick = default;
        if (draft.State.Pools.PoolOf(address) is not { } pool)
        {
            return new Refusal(RefusalCode.PoolUnknown, $"No pool holds {address}.");
        }

        if (PoolChoice.Named(draft.State.Pools, [pool.Spec.Name], Lessor.Broker, out _) is { } wrong)
        {
            return wrong;
        }

        if (named?.Contains(pool) == false)
        {
            return Unavailable(address, $"it is of pool {pool.Spec.Name}, which is not among those to choose from");
        }

        if (draft.State.Reservations.Covering(address) is { Workload: { } workload } bound)
        {
            return command.Pod.Workload == workload
                ? FixedPicker.Pick(draft, command, node, bound, out pick)
                : Unavailable(address, "it is the fixed address of another workload");
        }

        if (LeaseLimits.Check(pool, node, command.Pod) is { } over)
        {
            return over;
        }

        if (pool.Space.IsClosed(address))
        {
            return Unavailable(address, "it is excluded, reserved or kept back");
        }

        return pool.BlockOf(address) is { } block
            ? PickLive(draft, command, node, block, address, out pick)
            : PickNew(draft, node, pool, address, out pick);
    }

    public static Refusal Unavailable(IpAddress address, string why) =>
        new(RefusalCode.AddressUnavailable, $"{address} cannot be leased: {why}.");

    private static Refusal? PickLive(
        Draft draft, GrantLease command, NodeState node, BlockState block, IpAddress address, out LeasePick pick)
    {
        pick = default;
        if (block.Node != node)
        {
            return Unavailable(address, $"its block {block.Cidr} is another node's");
        }

        if (block.Lessor != Lessor.Broker)
        {
            return new Refusal(RefusalCode.LessorAgent, $"In block {block.Cidr} the node's agent leases.");
        }

        if (SlotIn(block.SlotOf(address)) is not { } slot)
        {
            return NoSlot(address);
        }

        if (block.Addresses.FreeAt(slot, block.Pool.Spec.AddressCooldownSeconds) is not { } free)
        {
            return Unavailable(address, "it is held");
        }

        if (free > draft.Now && !IsOwn(command, block, slot))
        {
            return Unavailable(address, "it was released a short while ago and cools");
        }

        pick = LeasePicker.InBlock(block, slot);
        return null;
    }

    private static Refusal? PickNew(
        Draft draft, NodeState node, PoolState pool, IpAddress address, out LeasePick pick)
    {
        pick = default;
        var index = pool.Geometry.IndexOf(address);
        if (pool.Spec.PodCidrs)
        {
            return Unavailable(address, "its block is not a podCIDR of this Node");
        }

        if (SlotIn(SlotNumbers.Of(pool.Space, index).SlotOf(address.Value)) is null)
        {
            return NoSlot(address);
        }

        if (!pool.MayGrant(index, draft.Now))
        {
            return Unavailable(address, "its block was released a short while ago and cools");
        }

        if (node.FindPool(pool.Spec.Name) is { MayGrow: false })
        {
            return new Refusal(
                RefusalCode.BlockLimit, $"{address} needs a further block of {pool.Spec.Name}, and none is allowed.");
        }

        pick = new LeasePick(pool, null, index, address, null);
        return null;
    }

    private static bool IsOwn(GrantLease command, BlockState block, int slot) =>
        Holding.FormerOf(command.Attachment, command.Pod, command.PodAssurance) is { } former
        && block.Addresses.FormerAt(slot) == former;

    private static int? SlotIn(int? slot) => slot < SlotsMax ? slot : null;

    private static Refusal NoSlot(IpAddress address) => Unavailable(
        address, $"it is kept back, or not among the first {SlotsMax} addresses of its block");
}
