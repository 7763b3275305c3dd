using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Tests.Core;

/// <summary>Reclaims of blocks as an operator and as the witness of a cluster give them.</summary>
internal static class Reclaims
{
    /// <summary>An operator's word that the machine is off.</summary>
    public static ReclaimBlock ByOperator(BlockView block, NodeUid? seen = null) => new(
        World.Operator,
        block.Block,
        block.Generation,
        new Evidence(
            EvidenceKind.MachineOff,
            (seen ?? block.Uid).Value,
            new Observation(World.Start, EvidenceSource.Operator, EvidenceSight.StatedOff)),
        null)
    {
        Fences = true,
    };

    /// <summary>The rule of a pool: the Node object of that UID is gone.</summary>
    public static ReclaimBlock ByRule(BlockView block, ObservedNode? nodeObject = null) => new(
        Broker.Core.Journal.Actor.Broker, block.Block, block.Generation, Gone(block.Uid), null)
    {
        NodeObject = nodeObject,
    };

    public static Evidence Gone(NodeUid uid) => new(
        EvidenceKind.NodeDeleted,
        uid.Value,
        new Observation(World.Start, EvidenceSource.Cache, EvidenceSight.Absent, "4711"));

    /// <summary>Gives a reclaim until nothing is left, the way a server does; the number of commands.</summary>
    public static int RunAll(World world, ReclaimBlock command)
    {
        var commands = 1;
        for (var answer = world.Run(command); answer.LeasesLeft > 0; commands++)
        {
            answer = world.Run(command with { Fences = false });
        }

        return commands;
    }
}
