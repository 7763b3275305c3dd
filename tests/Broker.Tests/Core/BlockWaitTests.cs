using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>What each block waits for before somebody else can have it.</summary>
public sealed class BlockWaitTests
{
    private readonly World _world = new();

    [Fact]
    public void A_block_of_a_node_that_works_waits_for_nothing_and_one_that_cools_for_its_time()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26));
        var node = _world.Admit("node-a");
        var (kept, left) = (_world.Block(node, "pods"), _world.Block(node, "pods"));
        _world.Run(new ReleaseBlock(node, left.Block, left.Generation));
        _world.Pass(100);
        _world.Run(new OpenPool(World.Operator, kept.Pool, null)); // Ledger time goes on with a command.

        var wait = Assert.Single(_world.Queries.BlocksWaiting());
        Assert.Equal(
            (left.Block, BlockWaitFor.Cooldown, null, 500L), (wait.Block, wait.For, wait.Node, wait.SecondsLeft));

        _world.Pass(500);
        _world.Run(new OpenPool(World.Operator, kept.Pool, null)); // As above.
        Assert.Empty(_world.Queries.BlocksWaiting());
    }

    [Theory]
    [InlineData(true, false, BlockWaitFor.NodeDeletion)]
    [InlineData(false, false, BlockWaitFor.Operator)]
    [InlineData(true, true, BlockWaitFor.Operator)]
    public void Calico_564_a_block_of_a_fenced_node_waits_for_the_evidence_that_its_pool_takes(
        bool isEvidence, bool byOperator, BlockWaitFor expected)
    {
        var cluster = new Cluster(_world);
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26) with { NodeDeletionIsEvidence = isEvidence });
        var node = cluster.Join("node-a");
        var lease = _world.Grant(node, "c1");
        if (byOperator)
        {
            _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Fenced, null));
        }
        else
        {
            _world.Run(new LoseNode(node.Name, node.Uid));
        }

        var wait = Assert.Single(_world.Queries.BlocksWaiting());
        Assert.Equal((lease.Block, expected, node.Name, 1L), (wait.Block, wait.For, wait.Node, wait.LeasesLive));
    }

    [Fact]
    public void In_a_drained_pool_blocks_wait_for_their_pods_and_then_for_their_nodes()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26));
        var node = _world.Admit("node-a");
        _world.Grant(node, "c1");
        _world.Run(new DrainPool(World.Operator, PoolName.Parse("pods"), null));
        Assert.Equal(BlockWaitFor.Leases, Assert.Single(_world.Queries.BlocksWaiting()).For);

        _world.Release(node, "c1");
        Assert.Equal(BlockWaitFor.Release, Assert.Single(_world.Queries.BlocksWaiting()).For);
    }

    [Fact]
    public void A_fixed_address_whose_lease_was_reclaimed_waits_for_its_node()
    {
        _world.Define(World.Pool("fixed", "10.0.0.0/24", 32, PoolNetwork.Host));
        _world.Run(World.Reservation("10.0.0.9") with { Workload = WorkloadName.Parse("default/pod-c1") });
        var node = _world.Admit("node-a");
        var lease = Assert.Single(
            _world.Run(_world.Lease(node, "c1") with { PodAssurance = PodAssurance.Verified }).Leases);
        Assert.Empty(_world.Queries.BlocksWaiting());
        _world.Run(World.Reclaim(lease));

        var wait = Assert.Single(_world.Queries.BlocksWaiting());
        Assert.Equal((Cidr.Parse("10.0.0.9/32"), BlockWaitFor.Release), (wait.Block, wait.For));
        _world.Run(new ReleaseBlock(node, lease.Block, lease.Generation));
        Assert.Equal(BlockWaitFor.Cooldown, Assert.Single(_world.Queries.BlocksWaiting()).For);
    }
}
