using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

public sealed class LeaseTests
{
    private readonly World _world = new();

    [Fact]
    public void A_lease_brings_its_block_and_names_it()
    {
        var pool = _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var size = _world.Ledger.Size;

        var lease = _world.Grant(node, "c1");

        Assert.Equal("10.0.0.2", lease.Address.ToString());
        Assert.Equal("10.0.0.0/26", lease.Block.ToString());
        Assert.Equal(26, lease.PrefixLength);
        Assert.Equal("10.0.0.1", lease.Gateway.ToString());
        Assert.Equal(size, lease.Generation.Position);
        Assert.Equal(size + 1, lease.Position);
        Assert.Equal(size, _world.Facts[^1].Prev);
        Assert.Equal(_world.Facts[^1].Request, _world.Facts[^2].Request);
        Assert.Equal(lease, _world.Queries.LeaseOf(lease.Address));
        Assert.Equal((UInt128)1024, pool.BlocksTotal);
        Assert.Equal("10.0.0.3", _world.Grant(node, "c2").Address.ToString());
    }

    [Fact]
    public void Dual_stack_is_one_decision_or_none()
    {
        _world.Define(World.Pool("four", "10.0.0.0/30", 30));
        _world.Define(World.Pool("six", "fd00::/64", 122));
        var node = _world.Admit("node-a");

        var both = _world.Run(_world.Lease(node, "c1")).Leases;

        Assert.Equal(["10.0.0.2", "fd00::2"], both.Select(lease => lease.Address.ToString()));
        Assert.IsType<BlockGranted>(_world.Facts[^4].Event);
        Assert.IsType<BlockGranted>(_world.Facts[^3].Event);
        Assert.Equal(both[1], _world.Queries.LeaseOf(both[1].Address));
        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "c2"));
        Assert.Equal(IpFamily.IPv6, Assert.Single(
            _world.Run(_world.Lease(node, "c2") with { Families = [IpFamily.IPv6] }).Leases).Address.Family);
        Assert.Equal(2, _world.Release(node, "c1").Count);
    }

    [Fact]
    public void A_repeat_is_answered_again_and_another_request_conflicts()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var command = _world.Lease(node, "c1");
        var first = _world.Run(command);
        var size = _world.Ledger.Size;

        var again = _world.Run(command);

        Assert.True(again.Repeated);
        Assert.Equal(first.Leases, again.Leases);
        Assert.Equal(size, _world.Ledger.Size);
        _world.Refused(RefusalCode.Conflict, command with { RequestId = _world.Request() });
        _world.Refused(RefusalCode.Conflict, command with { Attachment = World.Attach(node, "c2") });
        _world.Refused(RefusalCode.Conflict, new GrantBlocks(node, command.RequestId, []));
    }

    [Fact]
    public void A_late_repeat_after_the_release_is_not_given_and_a_new_request_is()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var command = _world.Lease(node, "c1");
        _world.Run(command);
        _world.Release(node, "c1");

        _world.Refused(RefusalCode.RequestEnded, command);
        _world.Pass(599);
        _world.Refused(RefusalCode.RequestEnded, command);
        _world.Grant(node, "c1");
        _world.Release(node, "c1");
        _world.Pass(601);
        _world.Run(command);
    }

    [Fact]
    public void A_container_id_that_is_used_again_is_granted_after_a_release_that_came_twice()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        _world.Grant(node, "c1");

        Assert.Single(_world.Release(node, "c1"));
        Assert.Empty(_world.Release(node, "c1"));

        _world.Grant(node, "c1");
    }

    [Fact]
    public void A_release_that_follows_a_refusal_leaves_nothing_in_the_way_of_the_next_try()
    {
        var node = _world.Admit("node-a");
        var refused = _world.Decide(_world.Lease(node, "c1"));
        Assert.NotNull(refused.Refusal);
        Assert.Empty(_world.Release(node, "c1"));
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));

        _world.Grant(node, "c1");
    }

    [Fact]
    public void Never_used_addresses_come_first_then_the_longest_released_once_it_has_cooled()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/29", 29, PoolNetwork.Host, cooldown: 60));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal($"10.0.0.{i}", _world.Grant(node, $"c{i}").Address.ToString());
        }

        _world.Release(node, "c3");
        _world.Pass(10);
        _world.Release(node, "c1");
        Assert.Equal("10.0.0.6", _world.Grant(node, "d6").Address.ToString());
        Assert.Equal("10.0.0.7", _world.Grant(node, "d7").Address.ToString());
        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "e"));
        _world.Pass(49);
        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "e"));
        _world.Pass(1);
        Assert.Equal("10.0.0.3", _world.Grant(node, "e").Address.ToString());
        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "f"));
        _world.Pass(10);
        Assert.Equal("10.0.0.1", _world.Grant(node, "f").Address.ToString());
    }

    [Fact]
    public void The_previous_event_on_an_address_is_named()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/32", 32, PoolNetwork.Host, cooldown: 0));
        var node = _world.Admit("node-a");
        var first = _world.Grant(node, "c1");
        Assert.Equal(first.Generation.Position, _world.Facts[(int)first.Position].Prev);
        _world.Release(node, "c1");
        Assert.Equal(first.Position, _world.Facts[^1].Prev);

        var second = _world.Grant(node, "c2");

        Assert.Equal(first.Address, second.Address);
        Assert.Equal(_world.Facts.Count - 2, _world.Facts[^1].Prev);
    }

    [Fact]
    public void An_attachment_of_another_node_is_refused()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        _world.Grant(b, "c1");

        _world.Refused(
            RefusalCode.SubjectMismatch, _world.Lease(a, "c1") with { Attachment = World.Attach(b, "c1") });
        _world.Refused(RefusalCode.SubjectMismatch, new ReleaseLease(a, World.Attach(b, "c1")));
        Assert.Empty(_world.Release(a, "c1"));
        Assert.Single(_world.Queries.Leases(b.Name, 10));
    }

    [Fact]
    public void The_reason_for_no_address_is_told_apart()
    {
        var node = _world.Admit("node-a");
        _world.Refused(RefusalCode.PoolUnknown, _world.Lease(node, "c1"));
        _world.Define(World.Pool("shut", "10.1.0.0/16", 26), open: false);
        _world.Refused(RefusalCode.PoolAdopting, _world.Lease(node, "c1"));
        _world.Refused(RefusalCode.PoolAdopting, _world.Lease(node, "c1", "shut"));
        _world.Refused(RefusalCode.PoolUnknown, _world.Lease(node, "c1", "none"));
        _world.Define(World.Pool("agent", "10.2.0.0/16", 26, lessor: Lessor.Agent));
        _world.Refused(RefusalCode.LessorAgent, _world.Lease(node, "c1", "agent"));
        _world.Define(World.Pool("tiny", "10.3.0.0/31", 32, PoolNetwork.Host, blocksMax: 1));
        _world.Refused(
            RefusalCode.PoolUnknown, _world.Lease(node, "c1", "tiny") with { Families = [IpFamily.IPv6] });
        _world.Grant(node, "c1");
        _world.Refused(RefusalCode.BlockLimit, _world.Lease(node, "c2"));
        var other = _world.Admit("node-b");
        _world.Grant(other, "c1");
        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(node, "c2"));
        _world.Refused(RefusalCode.PoolExhausted, _world.Lease(_world.Admit("node-c"), "c1"));
    }

    [Fact]
    public void Flat_and_host_pools_give_their_own_prefix_and_gateway()
    {
        _world.Define(World.Pool("flat", "10.0.0.0/24", 26, PoolNetwork.Flat));
        _world.Define(World.Pool("host", "fd00::/64", 122, PoolNetwork.Host));
        var node = _world.Admit("node-a");

        var flat = _world.Grant(node, "c1", "flat");
        var host = _world.Grant(node, "c2", "host");

        Assert.Equal(
            ("10.0.0.2", 24, "10.0.0.1"), (flat.Address.ToString(), flat.PrefixLength, flat.Gateway.ToString()));
        Assert.Equal(("fd00::", 128, null), (host.Address.ToString(), host.PrefixLength, host.Gateway?.ToString()));
        for (var i = 0; i < 61; i++)
        {
            _world.Grant(node, $"d{i}", "flat");
        }

        Assert.Equal("10.0.0.64", _world.Grant(node, "last", "flat").Address.ToString());
    }

    [Theory]
    [InlineData("", "c", "eth0")]
    [InlineData("net", "-c", "eth0")]
    [InlineData("net", "c", "a-name-too-long-for-linux")]
    [InlineData("net", "c", "..")]
    [InlineData("net", "c", "eth/0")]
    [InlineData("net", "c", "eth 0")]
    [InlineData("net", "c", "eth\u00e4")]
    [InlineData("net", "c", "eth\u007f")]
    [InlineData("net", "c", "eth\ud800")]
    public void A_malformed_attachment_is_refused(string network, string container, string name)
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var attachment = new Attachment(node.Uid, network, container, name);

        _world.Refused(RefusalCode.InvalidField, _world.Lease(node, "c") with { Attachment = attachment });
        _world.Refused(RefusalCode.InvalidField, new ReleaseLease(node, attachment));
    }
}
