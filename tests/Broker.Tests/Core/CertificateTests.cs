using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

public sealed class CertificateTests
{
    private readonly World _world = new();

    [Fact]
    public void The_first_certificate_admits_the_node()
    {
        var csr = _world.Approve("node-a");

        var node = _world.Witness("node-a", csr);

        Assert.IsType<NodeAdmitted>(_world.Facts[^2].Event);
        Assert.Null(_world.Facts[^2].Prev);
        Assert.Equal(_world.Facts.Count - 2, _world.Facts[^1].Prev);
        var view = _world.Queries.Node(node.Name)!;
        Assert.Equal((Standing.Active, null, 1), (view.Standing, view.Current, view.Next.Count));
        Assert.Equal(CsrDecision.Issued, _world.Queries.Csr(csr.Csr)?.Decision);
        Assert.Equal(node.Certificate, _world.Queries.Csr(csr.Csr)?.Certificate);
    }

    [Fact]
    public void Witnessing_again_is_answered_again_and_anything_else_is_refused()
    {
        var csr = _world.Approve("node-a");
        var command = World.Issued(csr, "uid-a");
        var first = _world.Run(command);
        var size = _world.Ledger.Size;

        Assert.Equal(first, _world.Run(command with { NewNodeUid = NodeUid.Parse("uid-b") }));

        Assert.Equal(size, _world.Ledger.Size);
        _world.Refused(RefusalCode.Conflict, command with { Serial = "0b" });
        _world.Refused(RefusalCode.CsrDecided, command with { Certificate = World.Certificate("other") });
        _world.Refused(RefusalCode.Unwitnessed, command with { Key = World.Key("other") });
        _world.Refused(RefusalCode.CsrUnknown, World.Issued(_world.Csr("node-a"), "uid-c"));
        _world.Refused(RefusalCode.InvalidField, command with { Serial = "0A" });
        _world.Refused(RefusalCode.InvalidField, command with { NotAfter = default });
        var denied = _world.Csr("node-b");
        _world.Run(new DecideCsr(World.Operator, denied, false, null, null));
        _world.Refused(RefusalCode.CsrDecided, World.Issued(denied, "uid-d"));
        _world.Refused(RefusalCode.Exists, World.Issued(_world.Approve("node-c"), "uid-a"));
    }

    [Fact]
    public void G31_first_use_promotes_and_retires_the_older_ones()
    {
        var node = _world.Admit("node-a");
        var older = _world.Witness("node-a", _world.Approve("node-a"));
        var newer = _world.Witness("node-a", _world.Approve("node-a"));
        var newest = _world.Witness("node-a", _world.Approve("node-a"));

        var view = _world.Run(new PromoteCertificate(newer));

        Assert.Equal(CertificateSlot.Current, view.Slot);
        Assert.Equal(view, _world.Queries.Certificate(newer.Certificate));
        Assert.IsType<CertificatePromoted>(_world.Facts[^2].Event);
        Assert.Equal(new CertificateRetired(node.Name, older.Certificate), _world.Facts[^1].Event);
        Assert.Equal(CertificateSlot.Grace, _world.Queries.Certificate(node.Certificate)?.Slot);
        Assert.Equal(CertificateSlot.Next, _world.Queries.Certificate(newest.Certificate)?.Slot);
        _world.Refused(RefusalCode.Superseded, new PromoteCertificate(older));
        var size = _world.Ledger.Size;
        Assert.Equal(view, _world.Run(new PromoteCertificate(newer)));
        Assert.Equal(size, _world.Ledger.Size);
    }

    [Fact]
    public void A_node_command_cannot_skip_the_promotion()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var old = _world.Admit("node-a");
        var command = _world.Lease(old, "c1");
        _world.Run(command);
        var next = _world.Witness("node-a", _world.Approve("node-a"));

        var again = _world.Run(command with { Caller = next });

        Assert.True(again.Repeated);
        Assert.IsType<CertificatePromoted>(_world.Facts[^1].Event);
        Assert.Equal(CertificateSlot.Current, _world.Queries.Certificate(next.Certificate)?.Slot);
        next = _world.Witness("node-a", _world.Approve("node-a"));
        var size = _world.Ledger.Size;
        var lease = _world.Grant(next, "c2");
        Assert.IsType<CertificatePromoted>(_world.Facts[(int)size].Event);
        Assert.Equal(size + 1, lease.Position);
        Assert.Equal(next.Certificate, lease.Certificate);
    }

    [Fact]
    public void A_refusal_is_no_use()
    {
        var old = _world.Admit("node-a");
        var next = _world.Witness("node-a", _world.Approve("node-a"));

        _world.Refused(RefusalCode.PoolUnknown, _world.Lease(next, "c1"));

        Assert.Equal(CertificateSlot.Current, _world.Queries.Certificate(old.Certificate)?.Slot);
    }

    [Fact]
    public void G32_G33_the_grace_is_over_on_time_even_if_the_timer_is_late()
    {
        var old = _world.Admit("node-a");
        var next = _world.Witness("node-a", _world.Approve("node-a"));
        _world.Run(new PromoteCertificate(next));

        _world.Pass(59);
        _world.Run(new PromoteCertificate(old));
        _world.Run(new RetireCertificates());
        Assert.Equal(CertificateSlot.Grace, _world.Queries.Certificate(old.Certificate)?.Slot);
        _world.Pass(1);
        _world.Refused(RefusalCode.Superseded, new PromoteCertificate(old));
        _world.Run(new RetireCertificates());
        Assert.Equal(CertificateSlot.Retired, _world.Queries.Certificate(old.Certificate)?.Slot);
        _world.Refused(RefusalCode.Superseded, new PromoteCertificate(old));
        var size = _world.Ledger.Size;
        _world.Run(new RetireCertificates());
        Assert.Equal(size, _world.Ledger.Size);
        Assert.Single(_world.Queries.CertificatesOf(old.Name));
    }

    [Fact]
    public void The_grace_runs_on_ledger_time()
    {
        var old = _world.Admit("node-a");
        _world.Run(new PromoteCertificate(_world.Witness("node-a", _world.Approve("node-a"))));

        _world.StepWall(3_600);
        _world.Run(new RetireCertificates());

        Assert.Equal(CertificateSlot.Grace, _world.Queries.Certificate(old.Certificate)?.Slot);
    }

    [Fact]
    public void A_wall_clock_that_was_ahead_for_a_moment_ends_no_identity()
    {
        var node = _world.Witness("node-a", _world.Approve("node-a"), validSeconds: 100);
        _world.Run(new PromoteCertificate(node));
        _world.Pass(100);
        _world.Run(new PromoteCertificate(node));
        _world.StepWall(100_000_000);

        _world.Refused(RefusalCode.CertificateExpired, new PromoteCertificate(node));
        Assert.Empty(_world.Decide(new RetireCertificates()).Facts);
        _world.Witness("node-b", _world.Approve("node-b"));
        _world.StepWall(-100_000_000);

        _world.Run(new RetireCertificates());
        _world.Run(new PromoteCertificate(node));
        Assert.Equal(node.Certificate, _world.Queries.Node(node.Name)?.Current);
    }

    [Fact]
    public void Renewals_end_at_a_bound_of_remembered_certificates_and_go_on_once_these_are_forgotten()
    {
        var caller = _world.Witness("node-a", _world.Approve("node-a"), validSeconds: 7_200);
        for (var i = 1; i < 64; i++)
        {
            var csr = Renewal(caller);
            _world.Run(csr);
            _world.Run(new PromoteCertificate(caller));
            caller = _world.Witness("node-a", csr.Csr, validSeconds: i < 63 ? 7_200 : 86_400);
        }

        _world.Run(new PromoteCertificate(caller));
        _world.Pass(60);
        _world.Run(new RetireCertificates());
        _world.Refused(RefusalCode.LedgerLimit, Renewal(caller));
        _world.Approve("node-a");
        _world.Pass(7_200 + 3_600 - 60);
        _world.Refused(RefusalCode.LedgerLimit, Renewal(caller));
        _world.Pass(1);
        var renewed = Renewal(caller);
        _world.Run(renewed);
        _world.Witness("node-a", renewed.Csr);

        Assert.Equal(2, _world.Ledger.State.Certificates.Count);
        Assert.Equal(2, Replay.Of(_world).State.Certificates.Count);
        Assert.Equal(2, _world.Queries.CertificatesOf(caller.Name).Count);
    }

    [Fact]
    public void A_retired_certificate_is_remembered_until_an_hour_past_its_end()
    {
        var old = _world.Witness("node-a", _world.Approve("node-a"), validSeconds: 1_000);
        _world.Run(new PromoteCertificate(old));
        _world.Run(new PromoteCertificate(_world.Witness("node-a", _world.Approve("node-a"))));
        _world.Pass(60);
        _world.Run(new RetireCertificates());
        _world.Pass(900);
        _world.Witness("node-b", _world.Approve("node-b"));
        _world.Refused(RefusalCode.Superseded, new PromoteCertificate(old));

        _world.Pass(3_640);
        _world.Witness("node-c", _world.Approve("node-c"));
        _world.Refused(RefusalCode.Superseded, new PromoteCertificate(old));
        _world.Pass(1);
        _world.Witness("node-d", _world.Approve("node-d"));

        _world.Refused(RefusalCode.Unwitnessed, new PromoteCertificate(old));
        Assert.Equal(4, _world.Ledger.State.Certificates.Count);
    }

    [Fact]
    public void A_node_has_a_bound_of_next_ones_and_the_oldest_makes_room()
    {
        var first = _world.Witness("node-a", _world.Approve("node-a"));
        for (var i = 0; i < 16; i++)
        {
            _world.Witness("node-a", _world.Approve("node-a"));
        }

        Assert.Equal(16, _world.Queries.Node(first.Name)?.Next.Count);
        _world.Refused(RefusalCode.Superseded, new PromoteCertificate(first));
    }

    [Fact]
    public void A_certificate_whose_grace_is_over_and_that_expired_is_retired_once()
    {
        var old = _world.Witness("node-a", _world.Approve("node-a"), validSeconds: 30);
        _world.Run(new PromoteCertificate(old));
        _world.Run(new PromoteCertificate(_world.Witness("node-a", _world.Approve("node-a"))));
        _world.Pass(61);

        Assert.Single(_world.Decide(new RetireCertificates()).Facts);
    }

    [Fact]
    public void A_request_from_before_a_retirement_gives_nothing_to_the_name_readmitted()
    {
        var node = _world.Admit("node-a");
        var stale = _world.Approve("node-a");
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Retired, null));
        _world.Refused(RefusalCode.NodeRetired, World.Issued(stale, "uid-b"));
        var again = _world.Admit("node-a");
        Assert.NotEqual(node.Uid, again.Uid);

        _world.Refused(RefusalCode.NodeRetired, World.Issued(stale, "uid-c"));
    }

    [Fact]
    public void An_older_request_does_not_supersede_the_certificate_of_a_newer_one()
    {
        var older = _world.Approve("node-a");
        var current = _world.Admit("node-a");

        _world.Refused(RefusalCode.Superseded, World.Issued(older, "uid-b"));
        var replayed = Replay.Of(_world).Decide(World.Issued(older, "uid-b"), _world.Now);

        Assert.Equal(RefusalCode.Superseded, replayed.Refusal?.Code);
        _world.Run(new PromoteCertificate(current));
        Assert.Equal(current.Certificate, _world.Queries.Node(current.Name)?.Current);
    }

    [Fact]
    public void What_a_caller_says_of_itself_is_looked_up()
    {
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));

        var forged = a with { Certificate = World.Certificate("x") };
        _world.Refused(RefusalCode.Unwitnessed, new PromoteCertificate(forged));
        _world.Refused(RefusalCode.SubjectMismatch, new PromoteCertificate(a with { Name = b.Name }));
        _world.Refused(RefusalCode.NodeUidChanged, new PromoteCertificate(a with { Uid = b.Uid }));
    }

    private DecideCsr Renewal(NodeCaller caller) => new(
        Broker.Core.Journal.Actor.Broker,
        _world.Csr(caller.Name.Value, renewed: caller.Certificate),
        true,
        "renewal",
        null);
}
