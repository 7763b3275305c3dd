using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.PodCidrs;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>
/// Random lives of Nodes in a cluster with podCIDRs of both families: what was granted is held against what the Nodes
/// of the cluster say. The seed of a failure is in its message.
/// </summary>
public sealed class PodCidrModelTests
{
    [Theory]
    [InlineData(30, 200)]
    public void Random_lives_of_Nodes_never_give_two_of_them_one_podCIDR(int seeds, int steps)
    {
        for (var seed = 1; seed <= seeds; seed++)
        {
            var run = new Run(seed);
            try
            {
                run.Go(steps);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {seed}, step {run.Step}: {error.Message}", error);
            }
        }
    }

    private sealed class Run
    {
        private const int CooldownSeconds = 90;
        private static readonly PrivateText owner = PrivateText.Seal("a node", new byte[32]);
        private readonly Random _random;
        private readonly World _world = new();
        private readonly Cluster _cluster;

        /// <summary>The Node objects, and the podCIDRs that stand on them.</summary>
        private readonly Dictionary<string, (ObservedNode Node, List<Cidr> Written)> _nodes = [];

        /// <summary>The certificates that nodes hold, by name.</summary>
        private readonly Dictionary<string, ObserveCsr> _certificates = [];

        /// <summary>When a block may be given again.</summary>
        private readonly Dictionary<Cidr, long> _cooled = [];

        public Run(int seed)
        {
            _random = new Random(seed);
            _cluster = new Cluster(_world);
            Define("v4", "10.0.0.0/21", 24);
            Define("v6", "fd00::/61", 64);
        }

        public int Step { get; private set; }

        private long Now => _world.Now.Ledger.Microseconds / 1_000_000;

        public void Go(int steps)
        {
            for (Step = 0; Step < steps; Step++)
            {
                var name = $"node-{_random.Next(12)}";
                var size = _world.Facts.Count;
                switch (_random.Next(9))
                {
                    case 0:
                        Join(name, written: false);
                        break;
                    case 1:
                        Join(name, written: _random.Next(4) == 0);
                        break;
                    case < 4:
                        Ask(name);
                        break;
                    case 4:
                        Write(name);
                        break;
                    case 5:
                        Delete(name);
                        break;
                    case 6:
                        Reclaim(name);
                        break;
                    case 7:
                        Adopt(name);
                        break;
                    default:
                        _world.Pass(_random.Next(60));
                        break;
                }

                Check(size);
            }

            Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
        }

        private void Define(string name, string cidr, int block) => _world.Define(
            World.Pool(name, cidr, block, cooldown: 30, blockCooldown: CooldownSeconds, blocksMax: 1) with
            {
                PodCidrs = true,
                NodeDeletionIsEvidence = _random.Next(2) == 0,
            });

        /// <summary>A machine comes, or comes again under its name; its Node may bear a podCIDR already.</summary>
        private void Join(string name, bool written)
        {
            if (_nodes.ContainsKey(name))
            {
                return;
            }

            _world.Pass(1);
            var node = _cluster.Node(name);
            var taken = _nodes.Values.SelectMany(each => each.Written).Concat(Blocks().Select(b => b.Block)).ToList();
            var free = Cidr.Parse($"10.0.{_random.Next(8)}.0/24");
            _nodes[name] = (node, written && !taken.Contains(free) ? [free] : []);
            var asked = _certificates.TryGetValue(name, out var before)
                ? _cluster.Renewal(name, before.Certificate!.Certificate, node)
                : _cluster.First(name, node);
            _ = _world.Decide(asked); // It may be held or refused; then the machine waits.
            _certificates[name] = asked;
            _ = _world.Run(new BindNode(node));
        }

        private void Ask(string name)
        {
            if (_certificates.TryGetValue(name, out var asked) && _nodes.TryGetValue(name, out var node)
                && _world.Queries.Certificate(asked.Certificate!.Certificate) is not null)
            {
                var caller = new NodeCaller(NodeName.Parse(name), node.Node.Uid, asked.Certificate.Certificate);
                Command command = _random.Next(2) == 0 ? _world.Blocks(caller) : _world.Lease(caller, $"c{Step}");
                _ = _world.Decide(command); // Granted or refused: what matters is checked after each step.
            }
        }

        /// <summary>What the writer does: once, where nothing stands, on the Node that was granted it.</summary>
        private void Write(string name)
        {
            if (_nodes.TryGetValue(name, out var node) && node.Written.Count == 0)
            {
                node.Written.AddRange(Blocks().Where(b => b.Uid == node.Node.Uid).Select(b => b.Block));
            }
        }

        private void Delete(string name)
        {
            if (_nodes.Remove(name, out var gone))
            {
                _ = _world.Run(new LoseNode(gone.Node.Name, gone.Node.Uid));
            }
        }

        /// <summary>By rule or by an operator, whether it is allowed or not.</summary>
        private void Reclaim(string name)
        {
            var there = _nodes.TryGetValue(name, out var node) ? node.Node : null;
            foreach (var block in _world.Queries.Blocks(NodeName.Parse(name)))
            {
                var command = _random.Next(2) == 0 ? Reclaims.ByRule(block) : Reclaims.ByOperator(block);
                _ = _world.Decide(command with { NodeObject = there }); // Refused while its Node exists.
            }

            if (there is not null)
            {
                _ = _world.Run(new BindNode(there));
            }
        }

        private void Adopt(string name)
        {
            if (_nodes.TryGetValue(name, out var node))
            {
                var seen = new NodePodCidrs(node.Node.Name, node.Node.Uid, [.. node.Written]);
                _ = _world.Run(new AdoptPodCidrs(seen, owner));
            }
        }

        private IReadOnlyList<BlockView> Blocks() => _world.Queries.Blocks(null);

        private void Check(int size)
        {
            var grants = new List<(BlockGranted Event, RequestId? Request)>();
            foreach (var fact in _world.Facts.Skip(size))
            {
                if (fact.Event is BlockReclaimed reclaimed)
                {
                    var holder = _nodes.Values.FirstOrDefault(each => each.Written.Contains(reclaimed.Block));
                    Assert.True(holder.Node is null || holder.Node.Uid.Value != reclaimed.Evidence.Uid);
                    _cooled[reclaimed.Block] = Now + CooldownSeconds;
                }
                else if (fact.Event is BlockGranted granted)
                {
                    Assert.True(!_cooled.TryGetValue(granted.Block, out var at) || at <= Now, $"{granted.Block} cools");
                    grants.Add((granted, fact.Request));
                }
            }

            // Both families or neither, where a node asked.
            foreach (var asked in grants.Where(grant => grant.Request is not null).GroupBy(grant => grant.Request))
            {
                Assert.Equal([IpFamily.IPv4, IpFamily.IPv6], asked.Select(grant => grant.Event.Block.Family).Order());
            }

            // What stands on a Node is nobody else's, whatever was granted since.
            foreach (var (node, written) in _nodes.Values.Where(each => each.Written.Count > 0))
            {
                foreach (var block in Blocks().Where(block => written.Contains(block.Block)))
                {
                    Assert.True(block.Uid == node.Uid || !IsGiven(node, block), $"{block.Block} stands on {node.Name}");
                }
            }
        }

        /// <summary>Whether the Node's podCIDR came from the ledger, not from somebody beside it.</summary>
        private bool IsGiven(ObservedNode node, BlockView block) => _world.Facts.Any(
            fact => fact.Event is BlockGranted granted && granted.Block == block.Block && granted.Uid == node.Uid);
    }
}
