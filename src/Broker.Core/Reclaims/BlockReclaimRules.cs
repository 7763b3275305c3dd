using Broker.Core.Blocks;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Reclaims;

/// <summary>
/// Decides what is taken from a node whose machine is gone (I5). Loss of contact alone is no evidence. The node is
/// fenced before anything of it ends, or in the same commit: from the first lease on it can neither be granted nor
/// release anything in what somebody else will hold.
/// </summary>
internal static class BlockReclaimRules
{
    /// <summary>
    /// Most leases that one command ends: as many as fit a batch with the longest names and evidence that there can be.
    /// </summary>
    public const int LeasesMax = 128;

    public static Decision Reclaim(Draft draft, ReclaimBlock command)
    {
        if (CheckShape(command) is { } malformed)
        {
            return Draft.Refuse(malformed);
        }

        var pool = draft.State.Pools.PoolOf(command.Block.Network);
        if (pool is null || pool.Geometry.BlockAt(pool.Geometry.IndexOf(command.Block.Network)) != command.Block)
        {
            return Draft.Refuse(RefusalCode.BlockUnknown, $"{command.Block} is not a block of any pool.");
        }

        var block = pool.BlockOf(command.Block.Network);
        var asked = command.Generation.Position;
        if (asked < 0 || asked >= draft.State.Size || asked > (block?.Position ?? asked))
        {
            return Draft.Refuse(RefusalCode.GenerationStale, $"{command.Block} has no generation {asked} yet.");
        }

        if (block is null)
        {
            return draft.Answer(new BlockReclaim(command.Block, command.Generation, false, false, 0, 0));
        }

        return Check(command, pool, block) is { } refused ? Draft.Refuse(refused) : End(draft, command, block);
    }

    private static Refusal? CheckShape(ReclaimBlock command)
    {
        var evidence = command.Evidence;
        if (EvidenceShape.Check(evidence) is { } malformed)
        {
            return malformed;
        }

        var isStated = evidence.First.Source == EvidenceSource.Operator;
        return evidence.Kind is EvidenceKind.NodeDeleted or EvidenceKind.MachineOff
            && isStated == (command.Actor.Role == ActorRole.Operator)
            && isStated == (evidence.First.Seen == EvidenceSight.StatedOff)
                ? null
                : new Refusal(RefusalCode.InvalidField, $"evidence: {evidence.Kind} is not this caller's to state.");
    }

    private static Refusal? Check(ReclaimBlock command, PoolState pool, BlockState block)
    {
        var (node, evidence) = (block.Node, command.Evidence);
        if (block.Generation != command.Generation || block.Uid.Value != evidence.Uid)
        {
            return new Refusal(
                RefusalCode.Conflict,
                $"{block.Cidr} is held by node {node.Name} of UID {block.Uid} in generation {block.Position} by now.");
        }

        var exists = command.NodeObject?.Uid == block.Uid;
        if (exists && pool.Spec.PodCidrs)
        {
            return new Refusal(
                RefusalCode.NodeExists,
                $"{block.Cidr} is a podCIDR of Node {node.Name}, which exists: delete it first.");
        }

        if (evidence.Kind == EvidenceKind.NodeDeleted && (exists || !pool.Spec.NodeDeletionIsEvidence))
        {
            return new Refusal(
                RefusalCode.EvidenceInsufficient,
                exists ? $"Node {node.Name} is there." : $"Pool {pool.Spec.Name} does not say nodeDeletionIsEvidence.");
        }

        return node.Standing == Standing.Fenced || command.Fences
            ? null
            : new Refusal(RefusalCode.NodeNotFenced, $"Node {node.Name} is not fenced.");
    }

    private static Decision End(Draft draft, ReclaimBlock command, BlockState block)
    {
        var fences = block.Node.Standing != Standing.Fenced;
        if (fences)
        {
            var fenced = new NodeFenced(block.Node.Name, block.Uid, command.Reason);
            _ = draft.AddOnNode(fenced, block.Node.Name); // Nobody asks where.
        }

        var ended = 0;
        for (var slot = 0; slot < block.Addresses.Capacity && ended < LeasesMax; slot++)
        {
            if (block.Addresses.LeaseAt(slot) is { } lease)
            {
                var reclaimed = new LeaseReclaimed(lease.Address, block.Generation, lease.Position, command.Evidence);
                _ = draft.Add(reclaimed, lease.Position); // The answer counts them.
                ended++;
            }
        }

        var left = block.Addresses.Live - ended;
        if (left == 0)
        {
            var reclaimed = new BlockReclaimed(
                block.Cidr, block.Generation, block.Node.Name, command.Evidence, command.Reason);
            _ = draft.Add(reclaimed, block.Position); // The answer names the generation.
        }

        return draft.Answer(new BlockReclaim(block.Cidr, block.Generation, left == 0, fences, ended, left));
    }
}
