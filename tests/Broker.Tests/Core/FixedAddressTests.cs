using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A reservation that names a workload is its fixed address: a block that goes where its pod is.</summary>
public sealed class FixedAddressTests
{
    private const string Address = "10.0.0.9";

    private readonly World _world = new();
    private readonly NodeCaller _a;
    private readonly NodeCaller _b;

    public FixedAddressTests()
    {
        _world.Define(World.Pool("fixed", "10.0.0.0/24", 32, PoolNetwork.Host));
        (_a, _b) = (_world.Admit("node-a"), _world.Admit("node-b"));
    }

    [Fact]
    public void It_goes_to_its_workload_on_whichever_node_the_pod_is_without_a_wait()
    {
        Bind();
        foreach (var node in (NodeCaller[])[_a, _b, _a])
        {
            var lease = Web(node, $"on-{node.Name}-{_world.Facts.Count}");
            Assert.Equal((Address, node.Name), (lease.Address.ToString(), lease.Node));
            Assert.Equal(Address + "/32", lease.Block.ToString());
            Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
            _world.Release(node, lease.Attachment.ContainerId);
            Assert.DoesNotContain(_world.Queries.Blocks(node.Name), block => block.Block == lease.Block);
        }
    }

    [Fact]
    public void Antrea_8401_nobody_else_gets_it_by_chance_or_by_asking_for_it()
    {
        Bind();
        for (var i = 0; i < 20; i++)
        {
            Assert.NotEqual(Address, _world.Grant(_a, $"c{i}").Address.ToString());
        }

        _world.Refused(RefusalCode.AddressUnavailable, _world.Lease(_a, "x") with
        {
            Addresses = [Broker.Core.Addresses.IpAddress.Parse(Address)],
            PodAssurance = PodAssurance.Verified,
        });
    }

    [Theory]
    [InlineData(PodAssurance.None)]
    [InlineData(PodAssurance.Unverified)]
    public void Kiam_499_a_nodes_word_for_a_pod_is_not_enough(PodAssurance assurance)
    {
        Bind();

        _world.Refused(RefusalCode.PodUnverified, Asking(_a, "c1") with { PodAssurance = assurance });
        _world.Refused(RefusalCode.PodUnverified, Asking(_a, "c1") with
        {
            PodAssurance = assurance,
            Addresses = [Broker.Core.Addresses.IpAddress.Parse(Address)],
        });
        Assert.Equal(Address, Web(_a, "c2").Address.ToString());
    }

    [Fact]
    public void It_is_not_in_two_places()
    {
        Bind();
        Web(_a, "c1");

        _world.Refused(RefusalCode.AddressUnavailable, Asking(_b, "c2"));
        _world.Refused(RefusalCode.AddressUnavailable, Asking(_a, "c3"));
        _world.Refused(RefusalCode.AddressHeld, new DropReservation(
            World.Operator, Bound().Addresses, Bound().Position, null));
    }

    [Fact]
    public void The_second_interface_of_its_pod_gets_an_address_like_any_other()
    {
        Bind();
        Web(_a, "c1");
        var second = Asking(_a, "c1") with { Attachment = new Attachment(_a.Uid, "storage", "c1", "net1") };

        Assert.NotEqual(Address, Assert.Single(_world.Run(second).Leases).Address.ToString());
    }

    [Fact]
    public void It_stays_with_a_lost_node_until_that_is_decided_and_then_cools()
    {
        Bind();
        var lease = Web(_a, "c1");
        _world.Pass(1_000_000);
        var later = _world.Witness("node-b", _world.Approve("node-b"), validSeconds: 2_000_000);
        _world.Refused(RefusalCode.AddressUnavailable, Asking(later, "c2"));

        _world.Run(Reclaims.ByOperator(_world.Queries.BlockOf(lease.Address)!));
        _world.Refused(RefusalCode.AddressUnavailable, Asking(later, "c2"));
        _world.Pass(600);
        Assert.Equal(Address, Web(later, "c3").Address.ToString());
    }

    [Fact]
    public void A_lease_that_was_reclaimed_leaves_the_block_where_it_is_and_cools()
    {
        Bind();
        _world.Run(World.Reclaim(Web(_a, "c1")));

        _world.Refused(RefusalCode.AddressUnavailable, Asking(_b, "c2"));
        _world.Refused(RefusalCode.AddressUnavailable, Asking(_a, "c2"));
        _world.Pass(60);
        Web(_a, "c3");
        _world.Release(_a, "c3");
        Assert.Equal(_b.Name, Web(_b, "c4").Node);
    }

    [Fact]
    public void Bound_anew_it_waits_for_what_the_workload_before_left_behind()
    {
        Bind();
        Web(_a, "c1");
        _world.Release(_a, "c1");
        _world.Drop(Bound());
        Bind("default/db-0");

        _world.Refused(RefusalCode.AddressUnavailable, Asking(_b, "c2", "db-0"));
        Assert.NotEqual(Address, Web(_b, "c3").Address.ToString());
        _world.Pass(600);
        Assert.Equal(Address, Assert.Single(_world.Run(Asking(_b, "c4", "db-0")).Leases).Address.ToString());
    }

    [Fact]
    public void Dropped_it_is_anybodys_after_its_cooldown()
    {
        Bind();
        Web(_a, "c1");
        _world.Release(_a, "c1");
        _world.Drop(Bound());
        var any = _world.Lease(_b, "c2") with { Addresses = [Broker.Core.Addresses.IpAddress.Parse(Address)] };

        _world.Refused(RefusalCode.AddressUnavailable, any);
        _world.Pass(600);
        Assert.Equal(Address, Assert.Single(_world.Run(any).Leases).Address.ToString());
    }

    [Fact]
    public void What_cannot_be_bound_is_refused()
    {
        _world.Define(World.Pool("pods", "10.0.1.0/24", 26));
        _world.Define(World.Pool("agents", "10.0.2.0/24", 32, PoolNetwork.Host, Lessor.Agent));
        _world.Define(World.Pool("flat", "10.0.3.0/24", 32, PoolNetwork.Flat, exclusions: "10.0.3.7"));
        Bind();
        var held = _world.Grant(_a, "c1", "fixed");

        _world.Refused(RefusalCode.ReservationUnbindable, Binding("10.0.1.5"));
        _world.Refused(RefusalCode.ReservationUnbindable, Binding("10.0.2.5"));
        _world.Refused(RefusalCode.ReservationUnbindable, Binding("10.0.3.1"));
        _world.Refused(RefusalCode.ReservationUnbindable, Binding("10.0.3.7"));
        _world.Refused(RefusalCode.ReservationUnbindable, Binding("10.0.0.20-10.0.0.21", "default/db-0"));
        _world.Refused(RefusalCode.ReservationUnbindable, Binding("10.0.0.20"));
        _world.Refused(RefusalCode.AddressHeld, Binding(held.Address.ToString(), "default/db-0"));
        _world.Run(Binding("10.0.3.5"));
    }

    [Fact]
    public void Both_families_of_a_workload_come_in_one_commit()
    {
        _world.Define(World.Pool("fixed6", "fd00::/112", 128, PoolNetwork.Host));
        Bind();
        _world.Run(Binding("fd00::9"));
        var decision = _world.Decide(Asking(_a, "c1"));

        Assert.Equal(
            [Address, "fd00::9"], ((LeasesGranted)decision.Answer!).Leases.Select(lease => lease.Address.ToString()));
        Assert.Equal(4, decision.Facts.Count);
        Assert.Equal(4, _world.Decide(new ReleaseLease(_a, World.Attach(_a, "c1"))).Facts.Count);
    }

    private static MakeReservation Binding(string addresses, string workload = "default/web-0") =>
        World.Reservation(addresses) with { Workload = WorkloadName.Parse(workload) };

    private void Bind(string workload = "default/web-0") => _world.Run(Binding(Address, workload));

    private ReservationView Bound() =>
        _world.Queries.ReservationOf(Broker.Core.Addresses.IpAddress.Parse(Address))!;

    private GrantLease Asking(NodeCaller node, string container, string pod = "web-0") =>
        _world.Lease(node, container) with
        {
            Pod = new PodIdentity("default", pod, World.PodUid(container)),
            PodAssurance = PodAssurance.Verified,
        };

    private LeaseView Web(NodeCaller node, string container) =>
        Assert.Single(_world.Run(Asking(node, container)).Leases);
}
