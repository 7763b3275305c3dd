using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A workload whose node released its address gets it back without a wait; nobody else does (I3).</summary>
public sealed class SameWorkloadTests
{
    private readonly World _world = new();

    [Fact]
    public void Calico_4152_a_stateful_set_has_its_address_back_at_once_in_a_pool_that_cannot_wait()
    {
        var (node, held) = Begin("10.0.0.0/31", 31);
        _world.Grant(node, "other");
        _world.Release(node, "first");

        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "stranger"));
        Assert.Equal(held.Address, Return(node, "second").Address);
    }

    [Fact]
    public void It_is_preferred_to_what_was_never_used_as_long_as_nobody_else_has_it()
    {
        var (node, held) = Begin();
        _world.Release(node, "first");
        _world.Pass(1_000);
        Assert.NotEqual(held.Address, _world.Grant(node, "stranger").Address);

        Assert.Equal(held.Address, Return(node, "second").Address);
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void After_a_replay_it_is_the_same_workloads_still()
    {
        var (node, held) = Begin("10.0.0.0/32", 32);
        _world.Release(node, "first");
        var replayed = Replay.Of(_world);

        Assert.Equal(
            RefusalCode.BlockExhausted,
            replayed.Decide(_world.Lease(node, "stranger"), _world.Now with { Ledger = default }).Refusal?.Code);
        var decision = replayed.Decide(Returning(node, "second"), _world.Now with { Ledger = default });
        Assert.Equal(held.Address, Assert.Single(((LeasesGranted)decision.Answer!).Leases).Address);
    }

    [Fact]
    public void After_a_reclaim_it_waits_like_anybody_else()
    {
        var (node, held) = Begin("10.0.0.0/32", 32);
        _world.Run(World.Reclaim(held));

        _world.Refused(RefusalCode.BlockExhausted, Returning(node, "second"));
        _world.Pass(60);
        Assert.Equal(held.Address, Return(node, "third").Address);
    }

    [Fact]
    public void Who_had_it_long_ago_has_no_claim_once_somebody_else_had_it()
    {
        var (node, _) = Begin("10.0.0.0/32", 32);
        _world.Release(node, "first");
        _world.Pass(60);
        _world.Grant(node, "stranger");
        _world.Refused(RefusalCode.BlockExhausted, Returning(node, "second"));
        _world.Release(node, "stranger");

        _world.Refused(RefusalCode.BlockExhausted, Returning(node, "third"));
    }

    [Theory]
    [InlineData(PodAssurance.Unverified, PodAssurance.None)]
    [InlineData(PodAssurance.None, PodAssurance.Unverified)]
    public void A_name_that_could_have_been_looked_up_and_was_not_proves_nothing(
        PodAssurance before, PodAssurance after)
    {
        var (node, _) = Begin("10.0.0.0/32", 32, before);
        _world.Release(node, "first");

        _world.Refused(RefusalCode.BlockExhausted, Returning(node, "second") with { PodAssurance = after });
    }

    [Theory]
    [InlineData("other", "web-0", "net", "eth0")]
    [InlineData("default", "web-1", "net", "eth0")]
    [InlineData("default", "web-0", "storage", "eth0")]
    [InlineData("default", "web-0", "net", "net1")]
    [InlineData("default", "", "net", "eth0")]
    public void Another_name_network_or_interface_is_another_workload(
        string space, string pod, string network, string name)
    {
        var (node, _) = Begin("10.0.0.0/32", 32);
        _world.Release(node, "first");

        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "second") with
        {
            Attachment = new Attachment(node.Uid, network, "second", name),
            Pod = new PodIdentity(space, pod, "uid-2"),
        });
    }

    [Fact]
    public void It_does_not_come_back_reserved_excluded_or_with_a_block_that_left()
    {
        var (node, held) = Begin("10.0.0.0/30", 31);
        _world.Release(node, "first");
        var reserved = _world.Reserve(held.Address.ToString());
        var second = Return(node, "second");
        Assert.NotEqual(held.Address, second.Address);
        _world.Drop(reserved);
        _world.Release(node, "second");
        _world.Run(new ReleaseBlock(node, held.Block, held.Generation));

        Assert.NotEqual(held.Block, Return(node, "third").Block);
    }

    [Fact]
    public void Spiderpool_3505_a_crash_loop_uses_one_address_and_not_the_whole_block()
    {
        var (node, held) = Begin("10.0.0.0/24", 24);
        _world.Release(node, "first");
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(held.Address, Return(node, $"again-{i}").Address);
            _world.Release(node, $"again-{i}");
        }

        Assert.InRange(_world.Ledger.State.Pools.BlockAt(held.Block)!.Addresses.Capacity, 1, 4);
    }

    private (NodeCaller Node, LeaseView Lease) Begin(
        string cidr = "10.0.0.0/29", int block = 29, PodAssurance assurance = PodAssurance.None)
    {
        _world.Define(World.Pool("pods", cidr, block, PoolNetwork.Host));
        var node = _world.Admit("node-a");
        var command = Returning(node, "first") with { PodAssurance = assurance };
        return (node, Assert.Single(_world.Run(command).Leases));
    }

    /// <summary>A new pod of the same name, with a UID of its own.</summary>
    private GrantLease Returning(NodeCaller node, string container) => _world.Lease(node, container) with
    {
        Pod = new PodIdentity("default", "web-0", World.PodUid(container)),
    };

    private LeaseView Return(NodeCaller node, string container) =>
        Assert.Single(_world.Run(Returning(node, container)).Leases);
}
