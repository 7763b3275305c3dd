using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Xunit;

namespace Broker.Tests.Core;

public sealed class LedgerTests
{
    private readonly World _world = new();

    [Fact]
    public void Epochs_rise()
    {
        Assert.Equal(new LedgerView("broker.example/test", 1, 2), _world.Run(new LeadLedger(1, "aa")));
        Assert.Equal(0, _world.Facts[^1].Prev);
        Assert.Equal(2, _world.Run(new LeadLedger(1, "aa")).Size);
        _world.Refused(RefusalCode.Conflict, new LeadLedger(1, "bb"));
        _world.StepWall(-10);
        Assert.Equal(4, _world.Run(new LeadLedger(3, "bb")).Size);
        Assert.Equal([1L, 2L], _world.Facts[^2..].Select(fact => fact.Prev));
        _world.Refused(RefusalCode.InvalidField, new LeadLedger(4, ""));
    }

    [Fact]
    public void An_alarm_is_raised_once_per_kind_node_and_certificate()
    {
        var node = NodeName.Parse("node-x");
        var alarm = new RaiseAlarm(Actor.Broker, AlarmKind.Unwitnessed, node, World.Certificate("x"), null);
        _world.Run(alarm);
        _world.Run(alarm);
        Assert.Equal(2, _world.Ledger.Size);
        Assert.Equal(3, _world.Run(alarm with { Certificate = null }).Size);
        Assert.Equal(1, _world.Facts[^1].Prev);
        _world.Refused(RefusalCode.InvalidField, alarm with { Kind = 0 });
    }

    [Fact]
    public void Refusals_are_counted_in_one_batch_each_after_the_last_on_its_node()
    {
        var counts = new List<RefusalCounted>();
        for (var i = 0; i < 128; i++)
        {
            var name = NodeName.Parse($"node-{i % 2}");
            counts.Add(new RefusalCounted(RefusalCode.Unwitnessed, World.Certificate($"{i}"), name, 1));
        }

        Assert.Equal(129, _world.Run(new CountRefusals(counts)).Size);
        Assert.Equal(126, _world.Facts[^1].Prev);
        _world.Refused(RefusalCode.InvalidField, new CountRefusals([.. counts, counts[0]]));
        _world.Refused(RefusalCode.InvalidField, new CountRefusals([counts[0] with { Count = 0 }]));
    }

    [Fact]
    public void Standing_is_changed_on_what_the_operator_saw()
    {
        var node = _world.Admit("node-a");
        ChangeStanding To(Standing standing) => new(World.Operator, node.Name, node.Uid, standing, null);

        Assert.Equal(Standing.Fenced, _world.Run(To(Standing.Fenced)).Standing);
        var size = _world.Ledger.Size;
        Assert.Equal(_world.Queries.Node(node.Name)?.Uid, _world.Run(To(Standing.Fenced)).Uid);
        Assert.Equal(size, _world.Ledger.Size);
        _world.Refused(RefusalCode.Conflict, To(Standing.Active) with { SeenUid = NodeUid.Parse("other") });
        _world.Refused(RefusalCode.NodeUnknown, To(Standing.Active) with { Node = NodeName.Parse("node-b") });
        _world.Refused(RefusalCode.InvalidField, To((Standing)9));
        Assert.Equal(Standing.Active, _world.Run(To(Standing.Active)).Standing);
        Assert.IsType<NodeReadmitted>(_world.Facts[^1].Event);
    }

    [Fact]
    public void Quarantine_stops_grants_only()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var command = _world.Lease(node, "c1");
        var lease = Assert.Single(_world.Run(command).Leases);
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Quarantined, null));

        _world.Refused(RefusalCode.NodeQuarantined, command);
        _world.Refused(RefusalCode.NodeQuarantined, _world.Blocks(node));
        Assert.Equal([lease.Address], _world.Release(node, "c1"));
        Assert.True(_world.Run(new ReleaseBlock(node, lease.Block, lease.Generation)).Released);
        _world.Run(new PromoteCertificate(node));
    }

    [Fact]
    public void A_fenced_node_is_refused_everything_and_keeps_its_blocks()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var lease = _world.Grant(node, "c1");
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Fenced, null));

        _world.Refused(RefusalCode.NodeFenced, _world.Lease(node, "c2"));
        _world.Refused(RefusalCode.NodeFenced, _world.Blocks(node));
        _world.Refused(RefusalCode.NodeFenced, new ReleaseLease(node, World.Attach(node, "c1")));
        _world.Refused(RefusalCode.NodeFenced, new ReleaseBlock(node, lease.Block, lease.Generation));
        _world.Refused(RefusalCode.NodeFenced, new PromoteCertificate(node));
        Assert.NotNull(_world.Queries.LeaseOf(lease.Address));
    }

    [Fact]
    public void A_node_retires_without_blocks_and_comes_back_as_another()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        var block = _world.Block(node, "pods");
        var early = _world.Approve("node-a");
        var retire = new ChangeStanding(World.Operator, node.Name, node.Uid, Standing.Retired, null);
        _world.Refused(RefusalCode.NodeInUse, retire);
        _world.Run(new ReleaseBlock(node, block.Block, block.Generation));

        var view = _world.Run(retire);

        Assert.Equal((Standing.Retired, null, 0), (view.Standing, view.Current, view.Next.Count));
        Assert.Equal(view.Next, _world.Queries.Node(node.Name)!.Next);
        _world.Refused(RefusalCode.NodeRetired, new PromoteCertificate(node));
        _world.Refused(RefusalCode.NodeRetired, retire with { Standing = Standing.Active });
        _world.Refused(RefusalCode.NodeRetired, World.Issued(early, "uid-x"));
        var again = _world.Witness("node-a", _world.Approve("node-a"));
        Assert.NotEqual(node.Uid, again.Uid);
        _world.Refused(RefusalCode.NodeUidChanged, new PromoteCertificate(node));
        _world.Grant(again, "c1");
    }

    [Fact]
    public void Tokens_are_issued_once_and_revoked()
    {
        var token = _world.Issue("abc123", "node-a");
        var view = _world.Queries.Token(token)!;
        var command = new IssueToken(World.Operator, token, view.SecretHash, view.Nodes, view.Expires, null);
        var size = _world.Ledger.Size;
        Assert.Equal(view, _world.Run(command));
        Assert.Equal(size, _world.Ledger.Size);
        _world.Refused(RefusalCode.Exists, command with { Nodes = [] });
        var other = command with { Token = TokenId.Parse("def456") };
        _world.Refused(RefusalCode.InvalidField, other with { Expires = _world.Now.At });
        _world.Refused(RefusalCode.InvalidField, other with { SecretHash = "x" });
        _world.Refused(RefusalCode.InvalidField, other with { Nodes = [view.Nodes[0], view.Nodes[0]] });
        Assert.True(_world.Run(new RevokeToken(World.Operator, token, null)).Revoked);
        Assert.True(_world.Run(new RevokeToken(World.Operator, token, null)).Revoked);
        Assert.Equal(size + 1, _world.Ledger.Size);
        _world.Refused(RefusalCode.TokenUnknown, new RevokeToken(World.Operator, other.Token, null));
    }

    [Fact]
    public void A_ledger_has_a_bound_of_tokens_and_expired_ones_make_room()
    {
        _world.Validates = false;
        IssueToken Token(int i) => new(
            World.Operator,
            TokenId.Parse($"{i:d6}"),
            World.Hash("x"),
            [],
            new Instant(World.Start.UnixMicroseconds + 60_000_000),
            null);
        for (var i = 0; i < 65_536; i++)
        {
            _world.Run(Token(i));
        }

        var late = Token(65_536) with { Expires = new Instant(World.Start.UnixMicroseconds + 600_000_000) };
        _world.Refused(RefusalCode.LedgerLimit, late);
        _world.Pass(61);
        _world.Run(late);
        Assert.Equal(65_536, _world.Ledger.State.Tokens.Count);
        Assert.Null(_world.Queries.Token(TokenId.Parse("000000")));
        _world.Refused(RefusalCode.TokenInvalid, World.ByToken(_world.Csr("node-a", token: TokenId.Parse("000000"))));
    }

    [Fact]
    public void Certificates_are_retired_in_batches()
    {
        _world.Validates = false;
        for (var i = 0; i < 150; i++)
        {
            var name = string.Join('.', Enumerable.Repeat(new string('n', 63), 3)) + $".{i:d3}" + new string('n', 58);
            Assert.Equal(NameRules.SubdomainCharsMax, name.Length);
            _ = _world.Admit(name);
            _ = _world.Admit(name);
        }

        _world.Pass(60);
        var first = _world.Decide(new RetireCertificates()).Facts;
        Assert.Equal(128, first.Count);
        Assert.Null(EncodedFacts.Of(first).TooLarge());
        Assert.Equal(22, _world.Decide(new RetireCertificates()).Facts.Count);
        Assert.Empty(_world.Decide(new RetireCertificates()).Facts);
        Assert.Empty(_world.Ledger.Validate());
    }
}
