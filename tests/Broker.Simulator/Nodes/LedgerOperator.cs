using System.Security.Cryptography;
using System.Text;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Simulator.Checking;
using Broker.Simulator.Machines;
using Broker.Simulator.Time;

namespace Broker.Simulator.Nodes;

/// <summary>
/// Who defines pools, lets nodes in, and says that a machine is off: its blocks are taken, and later it is let in
/// again.
/// </summary>
internal sealed class LedgerOperator(Timeline timeline, Fleet fleet, Roads roads, Faults faults)
{
    private static readonly Instant start = Instant.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static Actor Someone { get; } =
        Actor.Operator(PrivateText.Seal("someone", new byte[PrivateText.SaltBytes]), Certificate("operator"));

    /// <summary>A node as it will call.</summary>
    public static NodeCaller Caller(string name) =>
        new(NodeName.Parse(name), NodeUid.Parse("uid-" + name), Certificate(name));

    /// <summary>Defines the pools and lets the nodes in, one after the other, and then goes on.</summary>
    public void SetUp(Queue<PoolSpec> pools, Queue<NodeCaller> nodes, Action done)
    {
        if (pools.TryDequeue(out var spec))
        {
            _ = roads.Send(new DefinePool(Someone, spec, true, null), _ => SetUp(pools, nodes, done));
        }
        else if (nodes.TryDequeue(out var node))
        {
            _ = roads.Send(Adopt(node), _ => SetUp(pools, nodes, done));
        }
        else
        {
            done();
        }
    }

    /// <summary>Switches machines off now and then.</summary>
    public void Watch(IReadOnlyList<NodeAgent> nodes) =>
        timeline.In(timeline.Between(20 * Timeline.Second, 90 * Timeline.Second), () =>
        {
            var node = nodes[timeline.Random.Next(nodes.Count)];
            if (timeline.Happens(700) && !node.IsOff)
            {
                faults.Trace($"{node.Caller.Name} is off");
                node.GoOff();
                timeline.In(timeline.Between(Timeline.Second, 20 * Timeline.Second), () => Reclaim(node));
            }

            Watch(nodes);
        });

    // What the node sent before it went off may still be granted: it stays its own, as it is when the machine is on
    // again, until somebody looks at it anew.
    private void Reclaim(NodeAgent node)
    {
        if (fleet.Newest() is { Phase: BrokerPhase.Serving } broker)
        {
            broker.AskBlocks(node.Caller.Name, blocks => Reclaim(node, new Queue<BlockView>(blocks)));
        }

        timeline.In(15 * Timeline.Second, () =>
        {
            if (node.IsOff)
            {
                Reclaim(node);
            }
        });
    }

    private void Reclaim(NodeAgent node, Queue<BlockView> blocks)
    {
        if (!node.IsOff)
        {
            return;
        }

        if (!blocks.TryPeek(out var block))
        {
            var readmit = new ChangeStanding(Someone, node.Caller.Name, null, Standing.Active, null);
            _ = roads.Send(readmit, _ => node.GoOn());
            return;
        }

        var off = new Observation(start, EvidenceSource.Operator, EvidenceSight.StatedOff);
        var evidence = new Evidence(EvidenceKind.MachineOff, block.Uid.Value, off);
        var reclaim = new ReclaimBlock(Someone, block.Block, block.Generation, evidence, null) { Fences = true };
        _ = roads.Send(reclaim, outcome =>
        {
            if (outcome.Answer is not { LeasesLeft: > 0 })
            {
                _ = blocks.Dequeue(); // The one that was peeked at.
            }

            Reclaim(node, blocks);
        });
    }

    private static AdoptCertificate Adopt(NodeCaller node)
    {
        var until = new Instant(start.UnixMicroseconds + (100L * 365 * 24 * 3600 * 1_000_000));
        var seen = new ObservedCertificate(
            node.Certificate,
            KeyHash.Parse(Hash("key" + node.Name)),
            "0a",
            KeyHash.Parse(Hash("issuer")),
            start,
            until);
        return new AdoptCertificate(
            Someone, node.Name, null, seen, new ObservedNode(node.Name, node.Uid, start), null);
    }

    private static CertificateHash Certificate(string text) => CertificateHash.Parse(Hash("certificate" + text));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
