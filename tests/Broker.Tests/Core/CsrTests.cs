using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

public sealed class CsrTests
{
    private readonly World _world = new();

    [Fact]
    public void A_token_approves_a_new_name_and_is_used_up()
    {
        var token = _world.Issue("abc123");
        var command = World.ByToken(_world.Csr("node-a", token: token));

        var view = _world.Run(command);

        Assert.IsType<CsrObserved>(_world.Facts[^2].Event);
        Assert.Equal(view.DecisionPosition - 1, _world.Facts[^1].Prev);
        Assert.Equal((CsrDecision.Approved, "bootstrap-token"), (view.Decision, view.Rule));
        Assert.Equal(view, _world.Queries.Csr(view.Csr));
        Assert.Equal(command.Csr.Node, _world.Queries.Token(token)?.UsedBy);
        var size = _world.Ledger.Size;
        Assert.Equal(view, _world.Run(command));
        Assert.Equal(size, _world.Ledger.Size);
        _world.Refused(RefusalCode.TokenUsed, World.ByToken(_world.Csr("node-b", token: token)));
        _world.Refused(RefusalCode.TokenUsed, World.ByToken(_world.Csr("node-a", token: token)));
        _world.Refused(
            RefusalCode.CsrDecided, new DecideCsr(World.Operator, command.Csr, false, null, null));
        _world.Refused(
            RefusalCode.CsrDecided,
            new DecideCsr(World.Operator, command.Csr with { Key = World.Key("x") }, true, null, null));
    }

    [Fact]
    public void A_token_that_does_not_fit_is_refused_with_its_reason()
    {
        var token = _world.Issue("abc123", "node-a", "node-b");
        _world.Refused(RefusalCode.TokenInvalid, World.ByToken(_world.Csr("node-a", token: TokenId.Parse("zzzzzz"))));
        _world.Refused(RefusalCode.TokenNodeMismatch, World.ByToken(_world.Csr("node-c", token: token)));
        _world.Run(World.ByToken(_world.Csr("node-a", token: token)));
        _world.Run(World.ByToken(_world.Csr("node-b", token: token)));
        _world.Run(new RevokeToken(World.Operator, token, null));
        _world.Refused(RefusalCode.TokenRevoked, World.ByToken(_world.Csr("node-a", token: token)));
        var late = _world.Issue("def456");
        _world.Pass(86_400);
        _world.Refused(RefusalCode.TokenExpired, World.ByToken(_world.Csr("node-c", token: late)));
    }

    [Fact]
    public void A_name_with_an_identity_is_for_an_operator_whatever_its_standing()
    {
        var token = _world.Issue("abc123", "node-a");
        var node = _world.Admit("node-a");
        foreach (var standing in (Standing[])[Standing.Active, Standing.Quarantined, Standing.Fenced, Standing.Retired])
        {
            _world.Run(new ChangeStanding(World.Operator, node.Name, null, standing, null));
            _world.Refused(RefusalCode.NameTakeover, World.ByToken(_world.Csr("node-a", token: token)));
        }
    }

    [Fact]
    public void Two_tokens_do_not_give_two_keys_one_name()
    {
        var (first, second) = (_world.Issue("abc123"), _world.Issue("def456"));
        _world.Run(World.ByToken(_world.Csr("node-a", "key-1", first)));

        _world.Refused(RefusalCode.NameTakeover, World.ByToken(_world.Csr("node-a", "key-2", second)));
        _world.Run(World.ByToken(_world.Csr("node-a", "key-1", second)));
    }

    [Fact]
    public void An_operator_overrides_and_the_certificate_is_a_next_one()
    {
        var token = _world.Issue("abc123");
        var old = _world.Admit("node-a");
        var csr = _world.Csr("node-a", token: token);
        _world.Refused(RefusalCode.NameTakeover, World.ByToken(csr));

        var view = _world.Run(new DecideCsr(World.Operator, csr, true, null, null));
        var next = _world.Witness("node-a", csr);

        Assert.Null(view.Rule);
        Assert.Equal(old.Uid, next.Uid);
        Assert.Equal(old.Certificate, _world.Queries.Node(old.Name)?.Current);
        Assert.Equal(old.Name, _world.Queries.Token(token)?.UsedBy);
    }

    [Fact]
    public void A_new_certificate_does_not_lift_a_fence()
    {
        var node = _world.Admit("node-a");
        _world.Run(new ChangeStanding(World.Operator, node.Name, node.Uid, Standing.Fenced, null));

        var next = _world.Witness("node-a", _world.Approve("node-a"));

        Assert.Equal(Standing.Fenced, _world.Queries.Node(node.Name)?.Standing);
        _world.Refused(RefusalCode.NodeFenced, new PromoteCertificate(next));
    }

    [Fact]
    public void A_renewal_needs_a_live_certificate_of_the_same_node()
    {
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        _world.Run(Renewal("node-a", a.Certificate));
        _world.Refused(RefusalCode.SubjectMismatch, Renewal("node-a", b.Certificate));
        _world.Refused(RefusalCode.Unwitnessed, Renewal("node-a", World.Certificate("x")));
        _world.Run(new ChangeStanding(World.Operator, a.Name, null, Standing.Quarantined, null));
        _world.Run(Renewal("node-a", a.Certificate));
        _world.Run(new ChangeStanding(World.Operator, a.Name, null, Standing.Fenced, null));
        _world.Refused(RefusalCode.NodeFenced, Renewal("node-a", a.Certificate));
        _world.Run(new PromoteCertificate(_world.Witness("node-b", _world.Approve("node-b"))));
        _world.Run(Renewal("node-b", b.Certificate));
        _world.Pass(60);
        _world.Refused(RefusalCode.Superseded, Renewal("node-b", b.Certificate));
        _world.Run(new ChangeStanding(World.Operator, b.Name, null, Standing.Retired, null));
        _world.Refused(RefusalCode.NodeRetired, Renewal("node-b", b.Certificate));
    }

    [Fact]
    public void One_key_under_two_names_is_refused_to_operators_too()
    {
        _world.Approve("node-a", "key");
        _world.Refused(
            RefusalCode.KeyReuse, new DecideCsr(World.Operator, _world.Csr("node-b", "key"), true, null, null));
        _world.Run(new DecideCsr(World.Operator, _world.Csr("node-b", "key"), false, null, null));
        _world.Run(new DecideCsr(World.Operator, _world.Csr("node-c", "mine"), false, null, null));
        _world.Approve("node-d", "mine");
    }

    [Fact]
    public void A_denial_uses_no_token_and_is_answered_again()
    {
        var token = _world.Issue("abc123");
        var command = World.ByToken(_world.Csr("node-a", token: token)) with { Approve = false };

        var view = _world.Run(command);

        Assert.Equal(CsrDecision.Denied, view.Decision);
        Assert.Equal(view, _world.Run(command));
        Assert.Null(_world.Queries.Token(token)?.UsedBy);
        _world.Refused(RefusalCode.CsrDecided, command with { Approve = true });
        _world.Run(World.ByToken(_world.Csr("node-a", token: token)));
    }

    [Fact]
    public void The_shape_of_a_request_is_checked()
    {
        var csr = _world.Csr("node-a");
        var good = new DecideCsr(World.Operator, csr, true, null, null);
        _world.Refused(RefusalCode.InvalidField, good with { Csr = csr with { Csr = default } });
        _world.Refused(RefusalCode.InvalidField, good with { Csr = csr with { CsrUid = "" } });
        _world.Refused(RefusalCode.InvalidField, good with { Csr = csr with { Signer = "a\nb" } });
        _world.Refused(RefusalCode.InvalidField, good with { Csr = csr with { Requester = new string('a', 254) } });
        _world.Refused(RefusalCode.InvalidField, good with { Rule = "renewal" });
        _world.Refused(RefusalCode.InvalidField, good with { Rule = "a rule" });
        _world.Refused(RefusalCode.InvalidField, good with { Actor = Broker.Core.Journal.Actor.Broker });
    }

    [Fact]
    public void Decided_requests_are_forgotten_past_a_bound_and_those_of_certificates_stay()
    {
        var issued = _world.Approve("node-a");
        _world.Witness("node-a", issued);
        _world.Validates = false;
        var first = _world.Csr("node-b", "key-b");
        _world.Run(new DecideCsr(World.Operator, first, true, null, null));
        for (var i = 0; i < 65_536; i++)
        {
            _world.Run(new DecideCsr(World.Operator, _world.Csr("node-c", "key-c"), false, null, null));
        }

        Assert.Null(_world.Queries.Csr(first.Csr));
        Assert.NotNull(_world.Queries.Csr(issued.Csr));
        Assert.Equal(65_537, _world.Ledger.State.Csrs.Count);
        Assert.Empty(_world.Ledger.Validate());
        _world.Approve("node-d", "key-b");
    }

    private DecideCsr Renewal(string node, CertificateHash from) => new(
        Broker.Core.Journal.Actor.Broker, _world.Csr(node, renewed: from), true, "renewal", null);
}
