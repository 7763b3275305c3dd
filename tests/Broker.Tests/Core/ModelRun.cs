using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Pools;
using Broker.Core.Views;
using Broker.Journal.Reading;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>
/// Steps that the product and the model take side by side. A step draws what it needs from its own seed, so that a
/// sequence can be cut shorter without changing what is left of it.
/// </summary>
internal sealed class ModelRun
{
    private readonly World _world = new();
    private readonly Model _model;
    private readonly List<NodeCaller> _nodes = [];
    private readonly Dictionary<string, GrantLease> _grants = [];
    private readonly Dictionary<string, LeaseView> _granted = [];
    private Random _random;

    /// <summary>A ledger and its model, or a model with a cooldown of which the ledger knows nothing.</summary>
    public ModelRun(int seed, bool forgetsCooldown = false)
    {
        _random = new Random(seed);
        string[] exclusions = _random.Next(2) == 0 ? [] : ["10.0.0.69-10.0.0.73", "10.0.0.80-10.0.0.87"];
        var spec = World.Pool(
            "p",
            "10.0.0.64/27",
            _random.Next(29, 32),
            (PoolNetwork)_random.Next(3),
            Lessor.Broker,
            _random.Next(0, 90),
            _random.Next(0, 90),
            _random.Next(1, 5),
            exclusions);
        _model = new Model(spec);
        _world.Define(forgetsCooldown ? spec with { AddressCooldownSeconds = 0 } : spec);
        _nodes.AddRange([_world.Admit("node-a"), _world.Admit("node-b"), _world.Admit("node-c")]);
    }

    public void Go(IEnumerable<ModelStep> steps)
    {
        foreach (var step in steps)
        {
            _random = new Random(step.Seed);
            var node = _nodes[_random.Next(_nodes.Count)];
            switch (step.Kind)
            {
                case < 4:
                    Grant(node, $"c{_random.Next(12)}");
                    break;
                case < 7:
                    Release(node, $"c{_random.Next(12)}");
                    break;
                case 7:
                    GrantBlock(node);
                    break;
                case 8:
                    ReleaseBlock(node);
                    break;
                case 9:
                    _world.Pass(_random.Next(40));
                    break;
                case 10:
                    Reserve();
                    break;
                case 11:
                    Drop();
                    break;
                case 12:
                    Reclaim(node, $"c{_random.Next(12)}");
                    break;
                case 13:
                    ReclaimBlock();
                    break;
                case 14:
                    Ask(node, $"c{_random.Next(12)}", _random.Next(60, 100));
                    break;
                default:
                    Change();
                    break;
            }

            Compare();
        }

        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
        var chains = new ChainCheck();
        for (var i = 0; i < _world.Facts.Count; i++)
        {
            chains.Take(i, _world.Facts[i]);
        }
    }

    private long Now => _world.Now.Ledger.Microseconds / 1_000_000;

    private void Grant(NodeCaller node, string container)
    {
        var id = node.Name.Value + container;
        var repeats = _grants.TryGetValue(id, out var known) && _random.Next(3) == 0;
        var command = repeats ? known! : _world.Lease(node, container);
        var blocks = _world.Queries.Blocks(node.Name).Count;
        var decision = _world.Decide(command);
        if (decision.Refusal is { } refusal)
        {
            var expected = _model.Refuse(node.Name.Value, container, command.RequestId.Value, Now);
            Assert.True(expected == refusal.Code, $"{refusal}, model: {expected}");
            return;
        }

        var lease = Assert.Single(((LeasesGranted)decision.Answer!).Leases);
        if (((LeasesGranted)decision.Answer!).Repeated)
        {
            Assert.True(_model.IsHeldBy(node.Name.Value, container, command.RequestId.Value, Offset(lease)));
            return;
        }

        Assert.Null(_model.WhyNoLease(node.Name.Value, container, command.RequestId.Value, Now));
        if (_world.Queries.Blocks(node.Name).Count > blocks)
        {
            Assert.False(_model.HasFreeAddress(node.Name.Value, container, Now));
            _model.GrantBlock(node.Name.Value, Index(lease.Block), Now);
        }

        _model.GrantLease(node.Name.Value, container, Offset(lease), Now, command.RequestId.Value);
        _grants[id] = command;
        if (_random.Next(3) > 0)
        {
            _granted[id] = lease;
        }
    }

    private void Ask(NodeCaller node, string container, int offset)
    {
        var command = _world.Lease(node, container) with { Addresses = [Model.Address(offset)] };
        var blocks = _world.Queries.Blocks(node.Name).Count;
        var decision = _world.Decide(command);
        var expected = _model.WhyNoAddress(node.Name.Value, container, offset, Now);
        Assert.True(expected == decision.Refusal?.Code, $"{decision.Refusal}, model: {expected}");
        if (expected is not null)
        {
            _model.NoteRefusal(node.Name.Value, container, Now);
            return;
        }

        Assert.Equal(offset, Offset(Assert.Single(((LeasesGranted)decision.Answer!).Leases)));
        if (_world.Queries.Blocks(node.Name).Count > blocks)
        {
            _model.GrantBlockOf(node.Name.Value, offset);
        }

        _model.GrantAddress(node.Name.Value, container, offset, command.RequestId.Value);
        _grants[node.Name.Value + container] = command;
    }

    private void Release(NodeCaller node, string container)
    {
        var ended = _world.Release(node, container);
        Assert.Equal(_model.Release(node.Name.Value, container, Now), ended.Count);
    }

    // By evidence on the newest lease that the test knows of: it may have ended, and another may have come.
    private void Reclaim(NodeCaller node, string container)
    {
        if (!_granted.TryGetValue(node.Name.Value + container, out var known))
        {
            return;
        }

        var ended = _world.Run(World.Reclaim(known)).Addresses;
        var seen = (Offset(known), known.Request!.Value.Value);
        Assert.Equal(_model.Reclaim(node.Name.Value, container, seen, Now), ended.Count);
    }

    private void GrantBlock(NodeCaller node)
    {
        var decision = _world.Decide(_world.Blocks(node, "p"));
        if (decision.Refusal is { } refusal)
        {
            Assert.Equal(_model.WhyNoBlock(node.Name.Value, Now), refusal.Code);
            return;
        }

        Assert.Null(_model.WhyNoBlock(node.Name.Value, Now));
        var block = Assert.Single(((BlocksGranted)decision.Answer!).Blocks);
        _model.GrantBlock(node.Name.Value, Index(block.Block), Now);
    }

    private void ReleaseBlock(NodeCaller node)
    {
        var blocks = _world.Queries.Blocks(_random.Next(5) == 0 ? null : node.Name);
        if (blocks.Count == 0)
        {
            return;
        }

        var block = blocks[_random.Next(blocks.Count)];
        var decision = _world.Decide(new ReleaseBlock(node, block.Block, block.Generation));
        var expected = _model.ReleaseBlock(node.Name.Value, Index(block.Block), Now);
        Assert.Equal(expected, decision.Refusal?.Code);
    }

    /// <summary>An operator takes a machine for off, and later lets it in again.</summary>
    private void ReclaimBlock()
    {
        var blocks = _world.Queries.Blocks(null);
        if (blocks.Count == 0)
        {
            return;
        }

        var block = blocks[_random.Next(blocks.Count)];
        var answer = _world.Run(Reclaims.ByOperator(block));
        Assert.Equal((true, true), (answer.Reclaimed, answer.Fenced));
        Assert.Equal(_model.Reclaim(Index(block.Block), Now), answer.LeasesEnded);
        Compare();
        _world.Run(new ChangeStanding(World.Operator, block.Node, null, Standing.Active, null));
    }

    private void Reserve()
    {
        var first = _random.Next(60, 100);
        var range = new IpRange(Model.Address(first), Model.Address(first + _random.Next(0, 1 << _random.Next(6))));
        var decision = _world.Decide(new MakeReservation(World.Operator, range, null, null, null, null));
        Assert.Equal(_model.Reserve(first, Model.Number(range.Last)), decision.Refusal?.Code);
    }

    private void Drop()
    {
        if (_model.Reserved.Count > 0)
        {
            var range = _model.Reserved[_random.Next(_model.Reserved.Count)];
            var made = _world.Queries.ReservationOf(Model.Address(range.First))!;
            Assert.True(_world.Drop(made).Dropped);
            _model.Drop(range);
        }
    }

    private void Change()
    {
        var (spec, exclusions) = (_model.Spec, new List<IpRange>());
        var (from, to) = (Model.Number(spec.Cidr.Network), Model.Number(spec.Cidr.Last));
        for (var i = _random.Next(4); i > 0; i--)
        {
            var first = _random.Next(from, to + 1);
            var last = Math.Min(to, first + _random.Next(0, 8));
            exclusions.Add(new IpRange(Model.Address(first), Model.Address(last)));
        }

        var prefix = spec.Cidr.PrefixLength - (_random.Next(12) == 0 && spec.Cidr.PrefixLength > 25 ? 1 : 0);
        var mask = ~(UInt128)((1 << (32 - prefix)) - 1);
        var network = spec.Cidr.Network with { Value = spec.Cidr.Network.Value & mask };
        var changed = spec with
        {
            Cidr = new Cidr(network, prefix),
            AddressCooldownSeconds = _random.Next(0, 90),
            BlockCooldownSeconds = _random.Next(0, 90),
            BlocksPerNodeMax = _random.Next(1, 5),
            Exclusions = exclusions,
        };
        var decision = _world.Decide(new DefinePool(World.Operator, changed, true, null));
        Assert.Equal(_model.Change(changed), decision.Refusal?.Code);
        if (decision.Answer is { } view)
        {
            Assert.Equal(_world.Queries.Pool(spec.Name), view);
        }
    }

    private void Compare()
    {
        var leases = _world.Queries.Leases(null, 1_000);
        Assert.Equal(
            _model.Held(),
            leases.Select(lease => $"{lease.Node} {lease.Attachment.ContainerId} {Offset(lease)}"));
        var seen = _world.Ledger.State.Now.Microseconds / 1_000_000; // Time goes on with the next command only.
        var blocks = _world.Queries.Blocks(null);
        Assert.Equal(_model.Blocks(), blocks.Select(block => $"{block.Node} {Index(block.Block)}"));
        Assert.Equal(
            _model.Free(seen),
            blocks.Select(block => $"{Index(block.Block)} {block.FreeAtLeast} {block.AddressesCooling}"));
        var pool = Assert.Single(_world.Queries.Pools());
        Assert.Equal(_model.Count(seen), ((int)pool.BlocksTotal, (int)pool.BlocksCooling));
    }

    private static int Offset(LeaseView lease) => Model.Number(lease.Address);

    private static int Index(Cidr block) => Model.Number(block.Network) >> block.HostBits;
}
