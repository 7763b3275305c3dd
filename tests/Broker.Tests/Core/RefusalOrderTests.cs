using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>Each case is wrong in several ways at once; mending the one that is named brings up the next.</summary>
public sealed class RefusalOrderTests
{
    private readonly World _world = new();

    [Fact]
    public void A_lease_is_refused_by_shape_identity_repeat_reference_state_and_limit()
    {
        _world.Define(World.Pool("full", "10.0.0.0/32", 32, PoolNetwork.Host));
        _world.Define(World.Pool("shut", "10.1.0.0/16", 26), open: false);
        var node = _world.Admit("node-a");
        _world.Grant(_world.Admit("node-b"), "c", "full");
        _world.Release(node, "gone");
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Fenced, null));
        var command = _world.Lease(node, "gone", "shut", "none") with
        {
            Attachment = new Attachment(NodeUid.Parse("other"), "net", "-", "eth0"),
        };

        _world.Refused(RefusalCode.InvalidField, command);
        command = command with { Attachment = command.Attachment with { ContainerId = "gone" } };
        _world.Refused(RefusalCode.NodeFenced, command);
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Active, null));
        _world.Refused(RefusalCode.SubjectMismatch, command);
        command = command with { Attachment = World.Attach(node, "gone") };
        _world.Refused(RefusalCode.RequestEnded, command);
        command = command with { Attachment = World.Attach(node, "fresh") };
        _world.Refused(RefusalCode.PoolUnknown, command);
        command = command with { Pools = [PoolName.Parse("shut")] };
        _world.Refused(RefusalCode.PoolAdopting, command);
        command = command with { Pools = [PoolName.Parse("full")] };
        _world.Refused(RefusalCode.PoolExhausted, command);
    }

    [Fact]
    public void Blocks_are_refused_by_shape_identity_repeat_reference_state_and_limit()
    {
        _world.Define(World.Pool("full", "10.0.0.0/32", 32, PoolNetwork.Host));
        _world.Define(World.Pool("shut", "10.1.0.0/16", 26), open: false);
        _world.Define(World.Pool("good", "10.2.0.0/16", 26));
        var node = _world.Admit("node-a");
        _world.Block(_world.Admit("node-b"), "full");
        var first = _world.Blocks(node, "good");
        _world.Run(first);
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Quarantined, null));
        var command = first with { Pools = [PoolName.Parse("none"), PoolName.Parse("none")] };

        _world.Refused(RefusalCode.InvalidField, command);
        command = command with { Pools = [PoolName.Parse("none"), PoolName.Parse("shut")] };
        _world.Refused(RefusalCode.NodeQuarantined, command);
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Active, null));
        _world.Refused(RefusalCode.Conflict, command);
        command = command with { RequestId = _world.Request() };
        _world.Refused(RefusalCode.PoolUnknown, command);
        command = command with { Pools = [PoolName.Parse("full"), PoolName.Parse("shut")] };
        _world.Refused(RefusalCode.PoolAdopting, command);
        command = command with { Pools = [PoolName.Parse("full")] };
        _world.Refused(RefusalCode.PoolExhausted, command);
    }

    [Fact]
    public void A_signing_request_is_refused_by_shape_identity_and_state()
    {
        _world.Admit("node-a");
        _world.Approve("node-b", "key");
        var token = _world.Issue("abc123", "node-x");
        var csr = _world.Csr("node-a", "key", token);
        var command = World.ByToken(csr);

        _world.Refused(RefusalCode.InvalidField, command with { Csr = csr with { CsrUid = "" } });
        _world.Refused(RefusalCode.TokenNodeMismatch, command);
        command = command with { Csr = csr with { Token = _world.Issue("def456", "node-a", "node-c") } };
        _world.Refused(RefusalCode.NameTakeover, command);
        command = command with { Csr = command.Csr with { Node = NodeName.Parse("node-c") } };
        _world.Refused(RefusalCode.KeyReuse, command);
        command = command with { Csr = command.Csr with { Key = World.Key("own") } };
        _world.Run(command);
        _world.Refused(RefusalCode.CsrDecided, command with { Approve = false });
    }

    [Fact]
    public void A_pool_is_refused_by_shape_state_and_limit()
    {
        _world.Define(World.Pool("p", "10.0.0.0/16", 26));
        var spec = World.Pool("p", "10.0.0.0/8", 12) with { BlocksPerNodeMax = 0 };

        _world.Refused(RefusalCode.InvalidField, new DefinePool(World.Operator, spec, true, null));
        spec = spec with { BlocksPerNodeMax = 1 };
        _world.Refused(RefusalCode.InvalidPool, new DefinePool(World.Operator, spec, true, null));
        spec = spec with { BlockPrefixLength = 27 };
        _world.Refused(
            RefusalCode.Conflict, new DefinePool(World.Operator, spec, true, null) { SeenPosition = 0 });
        _world.Refused(RefusalCode.PoolChangeRefused, new DefinePool(World.Operator, spec, true, null));
        spec = spec with { Name = PoolName.Parse("q") };
        _world.Refused(
            RefusalCode.PoolUnknown, new DefinePool(World.Operator, spec, true, null) { SeenPosition = 0 });
        _world.Refused(RefusalCode.PoolOverlaps, new DefinePool(World.Operator, spec, true, null));
    }

    [Fact]
    public void A_reservation_is_refused_by_shape_repeat_reference_state()
    {
        _world.Define(World.Pool("p", "10.0.0.0/16", 26));
        _world.Define(World.Pool("local", "10.1.0.0/16", 26, lessor: Lessor.Agent));
        var node = _world.Admit("node-a");
        var held = _world.Grant(node, "c1", "p").Address;
        var agent = _world.Block(node, "local").Block;
        var made = _world.Reserve("10.0.1.0-10.0.1.9");
        var command = World.Reservation("10.0.1.5-10.0.0.0");

        _world.Refused(RefusalCode.InvalidField, command);
        command = command with { Addresses = World.Range("10.0.1.0-10.2.0.0") };
        _world.Refused(RefusalCode.PoolUnknown, command);
        command = command with { Addresses = made.Addresses, Name = ReservationName.Parse("other") };
        _world.Refused(RefusalCode.Exists, command);
        command = command with { Addresses = World.Range($"{held}-10.0.1.5") };
        _world.Refused(RefusalCode.ReservationOverlaps, command);
        command = command with { Addresses = World.Range($"{agent.Network}-{agent.Last}") };
        _world.Refused(RefusalCode.LessorAgent, command);
        command = command with { Addresses = World.Range($"{held}-10.0.0.255") };
        _world.Refused(RefusalCode.AddressHeld, command);
    }

    [Fact]
    public void A_drop_is_refused_by_shape_repeat_reference_state()
    {
        _world.Define(World.Pool("local", "10.1.0.0/16", 26, lessor: Lessor.Agent));
        var made = _world.Reserve("10.1.0.5");
        _world.Block(_world.Admit("node-a"), "local");
        var command = new DropReservation(World.Operator, default, 9_999, null);

        _world.Refused(RefusalCode.InvalidField, command);
        command = command with { Addresses = World.Range("10.1.0.0/26") };
        _world.Refused(RefusalCode.Conflict, command);
        command = command with { Addresses = made.Addresses };
        _world.Refused(RefusalCode.Conflict, command);
        _world.Refused(RefusalCode.LessorAgent, command with { Position = made.Position });
        _world.Refused(RefusalCode.ReservationUnknown, command with { Addresses = World.Range("10.1.1.0") });
    }
}
