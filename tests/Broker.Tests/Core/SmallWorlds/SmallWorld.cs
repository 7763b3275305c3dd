using Broker.Core;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core.SmallWorlds;

/// <summary>
/// Three nodes with two containers each, an IPv4 and an IPv6 pool of two blocks of two addresses: eight in all. Each
/// step is judged by a <see cref="SmallJudge"/>, which knows nothing but the facts.
/// </summary>
internal sealed class SmallWorld
{
    public const int Nodes = 3;
    public const int Containers = 2;
    public const int CooldownSeconds = 60;

    private static readonly IpAddress reserved = IpAddress.Parse("10.0.0.3");
    private static readonly World origin = new() { Validates = false };
    private static readonly NodeCaller[] nodes = Begin();

    private readonly World _world = new(origin);
    private readonly SmallJudge _judge = new(CooldownSeconds);
    private readonly Dictionary<(int Node, int Container), GrantLease> _asked = [];

    /// <summary>Each step that may be taken.</summary>
    public static IReadOnlyList<SmallStep> Steps { get; } = [.. AllSteps()];

    /// <summary>What matters of this world for all that can follow, without positions and names.</summary>
    public string Key => _judge.Key(Now, nodes) + string.Concat(
        _asked.OrderBy(asked => asked.Key).Select(asked => $"{asked.Key}{_judge.StatusOf(asked.Value.RequestId)}"));

    private long Now => _world.Now.Ledger.Microseconds / 1_000_000;

    /// <summary>Takes a step; false when it cannot be taken in this world.</summary>
    public bool Take(SmallStep step)
    {
        if (step.Kind == SmallKind.Pass)
        {
            _world.Pass(CooldownSeconds / 2);
            return true;
        }

        if (CommandOf(step) is not { } command)
        {
            return false;
        }

        var before = _world.Facts.Count;
        var decision = _world.Decide(command);
        _judge.Take(before, decision.Facts, Now);
        Judge(step, command, decision);
        return true;
    }

    /// <summary>Holds the ledger against itself, and against what the judge knows.</summary>
    public void Check()
    {
        Assert.Empty(_world.Ledger.Validate());
        _judge.Compare(_world.Queries);
    }

    private static NodeCaller[] Begin()
    {
        origin.Define(World.Pool(
            "four", "10.0.0.0/30", 31, PoolNetwork.Host, cooldown: CooldownSeconds, blockCooldown: CooldownSeconds));
        origin.Define(World.Pool(
            "six", "fd00::/126", 127, PoolNetwork.Host, cooldown: CooldownSeconds, blockCooldown: CooldownSeconds));
        return [origin.Admit("node-a"), origin.Admit("node-b"), origin.Admit("node-c")];
    }

    private static IEnumerable<SmallStep> AllSteps()
    {
        for (var node = 0; node < Nodes; node++)
        {
            for (var container = 1; container <= Containers; container++)
            {
                yield return new SmallStep(SmallKind.Grant, node, container);
                yield return new SmallStep(SmallKind.Repeat, node, container);
                yield return new SmallStep(SmallKind.Release, node, container);
                yield return new SmallStep(SmallKind.ReclaimLease, node, container);
            }

            yield return new SmallStep(SmallKind.GrantBlocks, node);
            yield return new SmallStep(SmallKind.ReleaseBlock, node);
            yield return new SmallStep(SmallKind.ReleaseOther, node);
            yield return new SmallStep(SmallKind.ReleaseStale, node);
            yield return new SmallStep(SmallKind.ReclaimBlock, node);
        }

        yield return new SmallStep(SmallKind.Readmit);
        yield return new SmallStep(SmallKind.Reserve);
        yield return new SmallStep(SmallKind.Pass);
    }

    private Command? CommandOf(SmallStep step)
    {
        var caller = step.Node < 0 ? null : nodes[step.Node];
        var container = $"c{step.Container}";
        switch (step.Kind)
        {
            case SmallKind.Grant:
                return _asked[(step.Node, step.Container)] = _world.Lease(caller!, container);
            case SmallKind.Repeat:
                return _asked.GetValueOrDefault((step.Node, step.Container));
            case SmallKind.Release:
                return new ReleaseLease(caller!, World.Attach(caller!, container));
            case SmallKind.ReclaimLease:
                return _judge.LastOf(World.Attach(caller!, container)) is { } lease
                    ? new ReclaimLease(lease.Attachment, lease.Position, World.Gone(World.PodUid(container)))
                    : null;
            case SmallKind.GrantBlocks:
                return _world.Blocks(caller!, "four", "six");
            case SmallKind.ReleaseBlock:
                return Release(caller!, _world.Queries.Blocks(caller!.Name));
            case SmallKind.ReleaseOther:
                return Release(caller!, [.. _world.Queries.Blocks(null).Where(block => block.Node != caller!.Name)]);
            case SmallKind.ReleaseStale:
                return _judge.FirstEnded is { } ended ? new ReleaseBlock(caller!, ended.Block, ended.Generation) : null;
            case SmallKind.ReclaimBlock:
                return _world.Queries.Blocks(caller!.Name) is [var first, ..] ? Reclaims.ByOperator(first) : null;
            case SmallKind.Readmit:
                return _world.Queries.Nodes().FirstOrDefault(node => node.Standing == Standing.Fenced) is { } fenced
                    ? new ChangeStanding(World.Operator, fenced.Node, fenced.Uid, Standing.Active, null)
                    : null;
            default:
                return _world.Queries.ReservationOf(reserved) is { } made
                    ? new DropReservation(World.Operator, made.Addresses, made.Position, null)
                    : World.Reservation(reserved.ToString());
        }
    }

    private static ReleaseBlock? Release(NodeCaller caller, IReadOnlyList<BlockView> blocks) =>
        blocks is [var block, ..] ? new ReleaseBlock(caller, block.Block, block.Generation) : null;

    /// <summary>What an answer says must be so, and a refusal for want of room must be true.</summary>
    private void Judge(SmallStep step, Command command, Decision decision)
    {
        if (decision.Facts.Count == 0)
        {
            _judge.Note(step.ToString());
        }

        if (decision.Answer is LeasesGranted { Leases: var leases } && command is GrantLease grant)
        {
            // A repeat tells what is left: a reclaim may have ended one of the two.
            Assert.InRange(leases.Count, step.Kind == SmallKind.Repeat ? 1 : 2, 2);
            Assert.All(leases, lease => _judge.Holds(lease.Address, grant.Attachment, grant.RequestId));
        }
        else if (decision.Refusal?.Code is RefusalCode.PoolExhausted or RefusalCode.BlockExhausted)
        {
            var node = nodes[step.Node].Name;
            var blocks = command is GrantBlocks;
            Assert.False(_judge.HasRoom(node, !blocks, _world.Queries.ReservationOf(reserved)?.Addresses.First, Now));
        }

        if (step.Kind is SmallKind.ReleaseOther)
        {
            Assert.Empty(decision.Facts);
        }

        if (step.Kind is SmallKind.ReleaseStale)
        {
            Assert.DoesNotContain(decision.Facts, fact => fact.Event is BlockReleased);
        }
    }
}
