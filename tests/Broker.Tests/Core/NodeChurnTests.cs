using Broker.Core.Commands;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>Nodes that come and go, as an autoscaler makes and deletes them.</summary>
public sealed class NodeChurnTests
{
    private const int Nodes = 200;
    private const int Blocks = 64;

    private readonly World _world = new();
    private readonly Cluster _cluster;

    public NodeChurnTests() => _cluster = new Cluster(_world);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cilium_17837_and_calico_8643_the_blocks_of_deleted_nodes_come_back_where_deletion_is_evidence(
        bool isRelaxed)
    {
        Define(isEvidence: true);
        for (var i = 0; i < Nodes; i++)
        {
            var (seen, lease) = Join(i);
            _world.Run(new LoseNode(seen.Name, seen.Uid));
            Reclaims.RunAll(_world, Reclaims.ByRule(_world.Queries.BlockOf(lease.Address)!));
            _world.Pass(isRelaxed ? 60 : 10); // Of 64 blocks, at most 60 cool.
        }

        Assert.Empty(_world.Queries.Blocks(null));
        Assert.Equal(0, _world.Ledger.State.Leases.Count);
        Assert.InRange(_world.Ledger.State.Pools.All[0].Released.Count, 1, Blocks);
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void Where_it_is_none_the_pool_runs_dry_and_nothing_moves_by_itself()
    {
        Define(isEvidence: false);
        for (var i = 0; i < Blocks; i++)
        {
            var (seen, lease) = Join(i);
            _world.Run(new LoseNode(seen.Name, seen.Uid));
            _world.Refused(
                RefusalCode.EvidenceInsufficient, Reclaims.ByRule(_world.Queries.BlockOf(lease.Address)!));
            _world.Pass(60);
        }

        _world.Pass(10_000);
        _world.Refused(RefusalCode.PoolExhausted, _world.Lease(_cluster.Join("late"), "c1"));
        Assert.Equal(Blocks, _world.Queries.Blocks(null).Count);
    }

    private void Define(bool isEvidence) => _world.Define(
        World.Pool("pods", "10.0.0.0/22", 28, PoolNetwork.Host) with { NodeDeletionIsEvidence = isEvidence });

    private (ObservedNode Node, LeaseView Lease) Join(int number)
    {
        var node = _cluster.Join($"node-{number}");
        return (new ObservedNode(node.Name, node.Uid, _world.Now.At), _world.Grant(node, $"c{number}"));
    }
}
