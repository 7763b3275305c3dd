using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>An address that a request names is that one, or a refusal that says why.</summary>
public sealed class RequestedAddressTests
{
    private readonly World _world = new();

    [Fact]
    public void It_is_granted_in_a_block_of_the_node_and_in_one_granted_with_it()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26));
        var node = _world.Admit("node-a");
        var first = _world.Grant(node, "c1");

        Assert.Equal("10.0.0.40", Ask(node, "c2", "10.0.0.40").Address.ToString());
        var other = Ask(node, "c3", "10.0.0.130");

        Assert.Equal("10.0.0.128/26", other.Block.ToString());
        Assert.NotEqual(first.Generation, other.Generation);
        Assert.Equal("10.0.0.3", _world.Grant(node, "c4").Address.ToString());
        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    [Fact]
    public void What_comes_after_it_goes_round_it()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/29", 29, PoolNetwork.Host));
        var node = _world.Admit("node-a");
        Ask(node, "c0", "10.0.0.0");
        Ask(node, "c3", "10.0.0.3");
        Ask(node, "c7", "10.0.0.7");

        var rest = Enumerable.Range(0, 5).Select(i => _world.Grant(node, $"d{i}").Address.ToString()[^1]);

        Assert.Equal("12456", string.Concat(rest));
    }

    [Fact]
    public void Both_families_come_in_one_commit_and_the_other_one_as_it_comes()
    {
        _world.Define(World.Pool("four", "10.0.0.0/24", 26));
        _world.Define(World.Pool("six", "fd00::/64", 122));
        var node = _world.Admit("node-a");
        var leases = _world.Run(_world.Lease(node, "c1") with { Addresses = [IpAddress.Parse("fd00::9")] }).Leases;
        var both = _world.Decide(_world.Lease(node, "c2") with
        {
            Addresses = [IpAddress.Parse("fd00::8"), IpAddress.Parse("10.0.0.8")],
        });

        Assert.Equal(["10.0.0.2", "fd00::9"], leases.Select(lease => lease.Address.ToString()));
        Assert.Equal(
            ["10.0.0.8", "fd00::8"],
            ((LeasesGranted)both.Answer!).Leases.Select(lease => lease.Address.ToString()));
        Assert.Equal(2, both.Facts.Count);

        // One of the two cannot be had: neither is.
        _world.Refused(RefusalCode.AddressUnavailable, _world.Lease(node, "c3") with
        {
            Addresses = [IpAddress.Parse("fd00::8"), IpAddress.Parse("10.0.0.9")],
        });
    }

    [Fact]
    public void It_is_refused_while_it_is_held_cools_or_lies_in_the_block_of_another_node()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26, exclusions: "10.0.0.200-10.0.0.210"));
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var held = _world.Grant(a, "c1");
        _world.Reserve("10.0.0.50");

        Refused(a, held.Address.ToString(), "held");
        Refused(b, held.Address.ToString(), "another node");
        Refused(b, "10.0.0.60", "another node");
        Refused(a, "10.0.0.50", "reserved");
        Refused(b, "10.0.0.205", "excluded");
        Refused(a, "10.0.0.1", "kept back");
        _world.Refused(RefusalCode.PoolUnknown, Asking(a, "x", "10.0.1.1"));

        _world.Release(a, "c1");
        _world.Pass(59);
        Refused(a, held.Address.ToString(), "cools");
        _world.Pass(1);
        Assert.Equal(held.Address, Ask(a, "c2", held.Address.ToString()).Address);

        _world.Release(a, "c2");
        _world.Run(new ReleaseBlock(a, held.Block, held.Generation));
        _world.Pass(599);
        Refused(b, "10.0.0.60", "cools");
        _world.Pass(1);
        Assert.Equal(b.Name, Ask(b, "c3", "10.0.0.60").Node);
    }

    [Fact]
    public void Cilium_780_asking_for_addresses_gives_a_node_no_more_than_its_share()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 28, blocksMax: 2));
        var node = _world.Admit("node-a");
        Ask(node, "c1", "10.0.0.5");
        Ask(node, "c2", "10.0.0.250");

        _world.Refused(RefusalCode.BlockLimit, Asking(node, "c3", "10.0.0.100"));
    }

    [Fact]
    public void One_request_does_not_make_the_memory_of_a_large_block_grow()
    {
        _world.Define(World.Pool("pods", "fd00::/48", 64));
        var node = _world.Admit("node-a");

        Assert.Equal("fd00::1001", Ask(node, "c1", "fd00::1001").Address.ToString());
        Refused(node, "fd00::1002", "4096");
        Refused(node, "fd00:0:0:1::1002", "4096");
        Assert.InRange(_world.Ledger.State.Pools.BlockOf(IpAddress.Parse("fd00::1"))!.Addresses.Capacity, 1, 4_096);
    }

    [Fact]
    public void Antrea_8401_an_address_of_a_pool_that_was_not_chosen_is_refused()
    {
        _world.Define(World.Pool("a", "10.0.0.0/24", 26));
        _world.Define(World.Pool("b", "10.0.1.0/24", 26));
        _world.Define(World.Pool("c", "10.0.2.0/24", 26), open: false);
        _world.Define(World.Pool("d", "10.0.3.0/24", 26, lessor: Lessor.Agent));
        var node = _world.Admit("node-a");

        _world.Refused(
            RefusalCode.AddressUnavailable,
            _world.Lease(node, "c1", "a") with { Addresses = [IpAddress.Parse("10.0.1.5")] });
        _world.Refused(RefusalCode.PoolAdopting, Asking(node, "c2", "10.0.2.5"));
        _world.Refused(RefusalCode.LessorAgent, Asking(node, "c3", "10.0.3.5"));
    }

    [Fact]
    public void The_shape_is_checked_first()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26));
        var node = _world.Admit("node-a");
        var (one, two) = (IpAddress.Parse("10.0.0.5"), IpAddress.Parse("10.0.0.6"));

        _world.Refused(RefusalCode.InvalidField, _world.Lease(node, "c1") with { Addresses = [one, two] });
        _world.Refused(RefusalCode.InvalidField, _world.Lease(node, "c1") with { Addresses = [default] });
        _world.Refused(
            RefusalCode.InvalidField,
            _world.Lease(node, "c1") with { Addresses = [one], Families = [IpFamily.IPv6] });
    }

    private GrantLease Asking(NodeCaller node, string container, string address) =>
        _world.Lease(node, container) with { Addresses = [IpAddress.Parse(address)] };

    private LeaseView Ask(NodeCaller node, string container, string address) =>
        Assert.Single(_world.Run(Asking(node, container, address)).Leases);

    private void Refused(NodeCaller node, string address, string why)
    {
        var decision = _world.Decide(Asking(node, "refused", address));
        Assert.Equal(RefusalCode.AddressUnavailable, decision.Refusal?.Code);
        Assert.Contains(why, decision.Refusal!.Detail, StringComparison.Ordinal);
    }
}
