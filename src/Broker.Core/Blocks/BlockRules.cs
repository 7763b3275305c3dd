using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Leases;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.PodCidrs;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Requests;
using Broker.Core.Views;

namespace Broker.Core.Blocks;

/// <summary>Decides grants and releases of blocks.</summary>
internal static class BlockRules
{
    public static Decision Grant(Draft draft, GrantBlocks command)
    {
        if ((CheckShape(command) ?? CallerRules.Check(draft, command.Caller, grants: true)) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        var node = draft.State.Nodes.Find(command.Caller.Name)!;
        if (Repeat(draft, command, node) is { } repeated)
        {
            return repeated;
        }

        if (Choose(draft, command, out var pools) is { } wrong)
        {
            return Draft.Refuse(wrong);
        }

        if (Pick(draft, node, pools, out var picks) is { } full)
        {
            return Draft.Refuse(full);
        }

        CallerRules.Use(draft, command.Caller);
        var views = new List<BlockView>(pools.Count);
        for (var i = 0; i < pools.Count; i++)
        {
            views.Add(Write(draft, command, node, pools[i], picks[i]));
        }

        return draft.Answer(new BlocksGranted(views, false));
    }

    public static Decision Release(Draft draft, ReleaseBlock command)
    {
        if (CallerRules.Check(draft, command.Caller, grants: false) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        var pool = draft.State.Pools.PoolOf(command.Block.Network);
        if (pool is null || pool.Geometry.BlockAt(pool.Geometry.IndexOf(command.Block.Network)) != command.Block)
        {
            return Draft.Refuse(RefusalCode.BlockUnknown, $"{command.Block} is not a block of any pool.");
        }

        var block = pool.BlockOf(command.Block.Network);
        var (asked, live) = (command.Generation.Position, block?.Position ?? draft.State.Size);
        if (asked < 0 || (asked > live || asked >= draft.State.Size))
        {
            return Draft.Refuse(RefusalCode.GenerationStale, $"{command.Block} has no generation {asked} yet.");
        }

        if (asked == live && block!.Node.Name != command.Caller.Name)
        {
            return Draft.Refuse(RefusalCode.BlockUnknown, $"Node {command.Caller.Name} does not hold {command.Block}.");
        }

        if (asked == live && pool.Spec.PodCidrs)
        {
            return Draft.Refuse(
                RefusalCode.NodeExists,
                $"{block!.Cidr} is a podCIDR of Node {block.Node.Name} as long as that Node exists.");
        }

        if (asked == live && block!.Addresses.Live > 0)
        {
            return Draft.Refuse(RefusalCode.BlockInUse, $"{block.Addresses.Live} addresses of {block.Cidr} are held.");
        }

        CallerRules.Use(draft, command.Caller);
        if (asked == live)
        {
            var released = new BlockReleased(command.Block, command.Generation, command.Caller.Name);
            _ = draft.Add(released, block!.Position); // The answer names the generation, not the release.
        }

        return draft.Answer(new BlockEnded(command.Block, command.Generation, asked == live));
    }

    private static Refusal? CheckShape(GrantBlocks command) => command.RequestId.Value is null
        ? new Refusal(RefusalCode.InvalidField, "request: missing.")
        : LeaseShape.CheckPools(command.Pools);

    private static Decision? Repeat(Draft draft, GrantBlocks command, NodeState node)
    {
        var key = new RequestKey(node, command.RequestId);
        if (draft.State.Requests.Find(key) is { } use)
        {
            if (use is not BlockRequest request || !IsSame(request, command))
            {
                return Draft.Refuse(RefusalCode.Conflict, "The request was for something else.");
            }

            CallerRules.Use(draft, command.Caller);
            return draft.Answer(new BlocksGranted(request.Blocks.ConvertAll(block => block.View(draft.Now)), true));
        }

        return draft.State.Requests.Ended.Contains(key, draft.Now)
            ? Draft.Refuse(RefusalCode.RequestEnded, "What the request was granted was released.")
            : null;
    }

    private static bool IsSame(BlockRequest request, GrantBlocks command)
    {
        for (var i = 0; i < command.Pools.Count; i++)
        {
            if (i >= request.Blocks.Count || request.Blocks[i].Pool.Spec.Name != command.Pools[i])
            {
                return false;
            }
        }

        return command.Pools.Count == 0 || command.Pools.Count == request.Blocks.Count;
    }

    private static Refusal? Choose(Draft draft, GrantBlocks command, out List<PoolState> pools)
    {
        if (command.Pools.Count > 0)
        {
            var refused = PoolChoice.Named(draft.State.Pools, command.Pools, null, out pools);
            return CheckTogether(draft.State.Pools.PodCidrs, command.Pools) ?? refused;
        }

        // A node asks for its podCIDRs without knowing what their pools are called.
        pools = [.. draft.State.Pools.PodCidrs];
        if (pools.Count > 0)
        {
            return null;
        }

        foreach (var family in (ReadOnlySpan<IpFamily>)[IpFamily.IPv4, IpFamily.IPv6])
        {
            var open = draft.State.Pools.Open(family);
            if (open.Count > 0)
            {
                pools.Add(open[0]);
            }
        }

        return pools.Count == 0 ? PoolChoice.WhyNone(draft.State.Pools, null, null) : null;
    }

    private static Refusal? CheckTogether(IReadOnlyList<PoolState> podCidrs, IReadOnlyList<PoolName> named)
    {
        var missing = podCidrs.Where(pool => !named.Contains(pool.Spec.Name)).ToList();
        return missing.Count > 0 && missing.Count < podCidrs.Count
            ? new Refusal(
                RefusalCode.PodCidrsIncomplete,
                $"Pool {missing[0].Spec.Name} is left out: a Node gets all of its podCIDRs at once.")
            : null;
    }

    private static Refusal? Pick(Draft draft, NodeState node, List<PoolState> pools, out List<UInt128> picks)
    {
        picks = new List<UInt128>(pools.Count);
        if (pools.Exists(pool => pool.Spec.PodCidrs) && PodCidrPlan.Pick(draft, node, out _) is { } refused)
        {
            return refused;
        }

        foreach (var pool in pools)
        {
            if (pool.Pick(draft.Now) is not { } index)
            {
                return new Refusal(RefusalCode.PoolExhausted, $"No free block in pool {pool.Spec.Name}.");
            }

            if (node.FindPool(pool.Spec.Name) is { MayGrow: false })
            {
                return new Refusal(
                    RefusalCode.BlockLimit,
                    $"Node {node.Name} may hold {pool.Spec.BlocksPerNodeMax} blocks of pool {pool.Spec.Name}.");
            }

            picks.Add(index);
        }

        return null;
    }

    private static BlockView Write(Draft draft, GrantBlocks command, NodeState node, PoolState pool, UInt128 index)
    {
        var spec = pool.Spec;
        var granted = new BlockGranted(pool.Geometry.BlockAt(index), spec.Name, node.Name, node.Uid, spec.Lessor);
        var position = draft.Add(granted, pool.PrevOf(index), command.RequestId);
        var open = SlotNumbers.Of(pool.Space, index).Open(pool.Space);
        return new BlockView(
            granted.Block,
            spec.Name,
            spec.Network,
            node.Name,
            node.Uid,
            command.Caller.Certificate,
            new Generation(position),
            spec.Lessor,
            draft.At,
            0,
            0,
            open.Sum(slots => (long)slots.Last - slots.First + 1));
    }
}
