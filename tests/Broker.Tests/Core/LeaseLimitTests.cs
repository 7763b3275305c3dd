using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>How many leases of a pool one node, and one namespace, may have.</summary>
public sealed class LeaseLimitTests
{
    private readonly World _world = new();

    [Fact]
    public void Cilium_780_a_node_has_no_more_leases_than_its_share_however_it_asks()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26) with { LeasesPerNodeMax = 2 });
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var command = _world.Lease(a, "c1");
        _world.Run(command);
        _world.Grant(a, "c2", "pods");

        Assert.True(_world.Run(command).Repeated);
        _world.Refused(RefusalCode.LeaseLimit, _world.Lease(a, "c3"));
        _world.Refused(RefusalCode.LeaseLimit, _world.Lease(a, "c3", "pods"));
        _world.Refused(
            RefusalCode.LeaseLimit, _world.Lease(a, "c3") with { Addresses = [IpAddress.Parse("10.0.0.200")] });
        _world.Grant(b, "c1");
        _world.Release(a, "c1");
        _world.Grant(a, "c4");
        Assert.Single(_world.Queries.Blocks(a.Name));
    }

    [Fact]
    public void A_namespace_has_its_quota_over_all_nodes_and_pods_that_name_none_share_one()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26) with { LeasesPerNamespaceMax = 2 });
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        _world.Run(Of(a, "c1", "shop"));
        _world.Run(Of(b, "c1", "shop"));

        _world.Refused(RefusalCode.NamespaceQuota, Of(a, "c2", "shop"));
        _world.Run(Of(a, "c3", "other"));
        _world.Run(Of(a, "c4", ""));
        _world.Run(Of(b, "c5", ""));
        _world.Refused(RefusalCode.NamespaceQuota, Of(a, "c6", ""));

        _world.Release(b, "c1");
        _world.Run(Of(a, "c7", "shop"));
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void What_is_over_the_limit_of_one_pool_comes_from_the_next()
    {
        _world.Define(World.Pool("a", "10.0.0.0/24", 26) with { LeasesPerNodeMax = 1, LeasesPerNamespaceMax = 1 });
        _world.Define(World.Pool("b", "10.0.1.0/24", 26));
        var node = _world.Admit("node-a");

        Assert.Equal("a", _world.Grant(node, "c1").Pool.Value);
        Assert.Equal("b", _world.Grant(node, "c2").Pool.Value);
        Assert.Equal("b", _world.Grant(node, "c3", "a", "b").Pool.Value);
    }

    [Fact]
    public void Both_families_or_neither()
    {
        _world.Define(World.Pool("four", "10.0.0.0/24", 26));
        _world.Define(World.Pool("six", "fd00::/64", 122) with { LeasesPerNamespaceMax = 1 });
        var node = _world.Admit("node-a");
        _world.Run(_world.Lease(node, "c1"));

        _world.Refused(RefusalCode.NamespaceQuota, _world.Lease(node, "c2"));
        Assert.Equal(2, _world.Queries.Leases(null, 10).Count);
    }

    [Fact]
    public void The_workload_that_comes_back_and_the_fixed_address_count_like_any_other()
    {
        _world.Define(World.Pool("fixed", "10.0.0.0/24", 32, PoolNetwork.Host) with { LeasesPerNamespaceMax = 1 });
        var node = _world.Admit("node-a");
        _world.Run(World.Reservation("10.0.0.9") with { Workload = WorkloadName.Parse("default/pod-c1") });
        _world.Grant(node, "c2");
        _world.Release(node, "c2");
        _world.Grant(node, "c3");

        _world.Refused(RefusalCode.NamespaceQuota, _world.Lease(node, "c2"));
        _world.Refused(
            RefusalCode.NamespaceQuota, _world.Lease(node, "c1") with { PodAssurance = PodAssurance.Verified });
    }

    [Fact]
    public void A_lowered_limit_takes_nothing_away_and_a_raised_one_counts_at_once()
    {
        var spec = World.Pool("pods", "10.0.0.0/24", 26);
        _world.Define(spec);
        var node = _world.Admit("node-a");
        for (var i = 0; i < 3; i++)
        {
            _world.Grant(node, $"c{i}");
        }

        _world.Define(spec with { LeasesPerNodeMax = 2, LeasesPerNamespaceMax = 1 });
        Assert.Equal(3, _world.Queries.Leases(null, 10).Count);
        _world.Release(node, "c0");
        _world.Refused(RefusalCode.LeaseLimit, _world.Lease(node, "d"));
        _world.Define(spec with { LeasesPerNodeMax = 3, LeasesPerNamespaceMax = 3 });
        _world.Grant(node, "d");
    }

    [Fact]
    public void Where_an_agent_leases_nobody_could_refuse_so_that_a_limit_is_refused_itself()
    {
        var spec = World.Pool("pods", "10.0.0.0/24", 26, lessor: Lessor.Agent);

        _world.Refused(
            RefusalCode.InvalidPool, new DefinePool(World.Operator, spec with { LeasesPerNodeMax = 1 }, true, null));
        _world.Refused(
            RefusalCode.InvalidPool,
            new DefinePool(World.Operator, spec with { LeasesPerNamespaceMax = 1 }, true, null));
    }

    private GrantLease Of(NodeCaller node, string container, string space) => _world.Lease(node, container) with
    {
        Pod = new PodIdentity(space, space.Length > 0 ? "pod-" + container : "", ""),
    };
}
