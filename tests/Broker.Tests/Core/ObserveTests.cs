using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>What the ledger makes of a cluster's CSRs; rows G13 to G36 that need the state.</summary>
public sealed class ObserveTests
{
    private readonly World _world = new();
    private readonly Cluster _cluster;

    public ObserveTests() => _cluster = new Cluster(_world);

    [Fact]
    public void G13_a_first_request_admits_the_node_in_one_commit_with_its_evidence()
    {
        var observed = _cluster.First("node-a");

        var view = _world.Run(observed);

        Assert.Equal(
            [typeof(CsrObserved), typeof(CsrApproved), typeof(NodeAdmitted), typeof(CertificateWitnessed)],
            _world.Facts.TakeLast(4).Select(fact => fact.Event.GetType()));
        Assert.Equal((CsrDecision.Issued, "cluster"), (view.Decision, view.Rule));
        Assert.Equal(view, _world.Queries.Csr(view.Csr));
        Assert.Equal("AutoApproved", ((CsrApproved)_world.Facts[^3].Event).Approval);
        var certificate = _cluster.View(observed);
        Assert.Equal((CertificateSlot.Next, Assurance.Witnessed), (certificate.Slot, certificate.Assurance));
        Assert.False(_world.Queries.Node(NodeName.Parse("node-a"))!.IsRegistered);
        Replays();
    }

    [Fact]
    public void G25_the_same_again_is_answered_again_without_an_event()
    {
        ObserveCsr[] all =
        [
            _cluster.First("node-a"),
            _cluster.Decided("node-b", CsrDecision.Denied),
            _cluster.Decided("node-c", CsrDecision.Failed),
            _cluster.Decided("node-d", CsrDecision.Contradicted, "key_substituted"),
        ];
        var views = all.Select(command => _world.Run(command)).ToList();
        var size = _world.Ledger.Size;

        Assert.Equal(views, all.Select(command => _world.Run(command)));
        Assert.Equal(views, all.Reverse().Select(command => _world.Run(command)).Reverse());

        Assert.Equal(size, _world.Ledger.Size);
        Assert.Equal(
            [CsrDecision.Issued, CsrDecision.Denied, CsrDecision.Failed, CsrDecision.Contradicted],
            views.Select(view => view.Decision));
        Replays();
    }

    [Fact]
    public void G06_a_decided_request_that_changes_is_contradicted_and_its_certificate_denied()
    {
        var observed = _cluster.First("node-a");
        _world.Run(observed);

        var view = _world.Run(observed with
        {
            Decision = CsrDecision.Contradicted,
            Code = "csr_contradictory",
            Certificate = null,
        });

        Assert.Equal(CsrDecision.Contradicted, view.Decision);
        Assert.Equal(CertificateSlot.Denied, _cluster.View(observed).Slot);
        _world.Refused(RefusalCode.CertificateDenied, new PromoteCertificate(_cluster.Caller(observed)));
        Assert.Equal(AlarmKind.CsrContradicted, ((AlarmRaised)_world.Facts[^1].Event).Kind);
        var size = _world.Ledger.Size;
        Assert.Equal(view with { Certificate = observed.Certificate!.Certificate }, _world.Run(observed));
        Assert.Equal(size, _world.Ledger.Size);
        Replays();
    }

    [Fact]
    public void G14_a_first_request_for_a_live_name_is_held_and_harms_nobody()
    {
        var node = _cluster.Join("node-a");
        var thief = _cluster.First("node-a");

        _world.Run(thief);

        var certificate = _cluster.View(thief);
        Assert.Equal((CertificateSlot.Held, "name_takeover"), (certificate.Slot, certificate.Hold));
        Assert.Contains(_world.Facts, fact => fact.Event is AlarmRaised { Kind: AlarmKind.NameTakeover });
        _world.Refused(RefusalCode.Held, new PromoteCertificate(_cluster.Caller(thief)));
        Assert.Equal(node.Certificate, _world.Queries.Node(node.Name)!.Current);
        Assert.Empty(_world.Queries.Node(node.Name)!.Next);
        _world.Run(new PromoteCertificate(node));
        Replays();
    }

    [Fact]
    public void G14_an_older_Node_makes_the_name_taken_and_a_younger_one_does_not()
    {
        var old = _cluster.Node("node-a", createdSeconds: -60);
        var young = _cluster.Node("node-b", createdSeconds: 5);

        var (taken, joined) = (_cluster.First("node-a", old), _cluster.First("node-b", young));
        _world.Run(taken);
        _world.Run(joined);

        Assert.Equal("name_takeover", _cluster.View(taken).Hold);
        Assert.Equal(CertificateSlot.Next, _cluster.View(joined).Slot);
        Assert.True(_world.Queries.Node(joined.Csr.Node)!.IsRegistered);
    }

    [Fact]
    public void An_expired_identity_without_a_Node_is_not_taken_over()
    {
        _cluster.Join("node-a");
        _world.Pass(90_000);

        var again = _cluster.First("node-a");
        _world.Run(again);

        Assert.Equal(CertificateSlot.Next, _cluster.View(again).Slot);
    }

    [Fact]
    public void G19_a_renewal_with_a_certificate_on_record_is_an_unbroken_chain()
    {
        var node = _cluster.Join("node-a");
        var second = _cluster.Renewal("node-a", node.Certificate);
        var third = _cluster.Renewal("node-a", second.Certificate!.Certificate);

        _world.Run(second);
        _world.Run(third);

        Assert.Equal(Assurance.WitnessedCustody, _cluster.View(second).Assurance);
        Assert.Equal((CertificateSlot.Next, Assurance.WitnessedCustody),
            (_cluster.View(third).Slot, _cluster.View(third).Assurance));
        Replays();
    }

    [Fact]
    public void G20_a_renewal_with_any_other_certificate_is_held_and_an_alarm()
    {
        var (a, b) = (_cluster.Join("node-a"), _cluster.Join("node-b"));
        var next = _cluster.Renewal("node-a", a.Certificate);
        _world.Run(next);
        _world.Run(new PromoteCertificate(_cluster.Caller(next)));
        _world.Pass(60);
        _world.Run(new RetireCertificates());
        CertificateHash[] wrong = [World.Certificate("nobody's"), b.Certificate, a.Certificate];

        foreach (var credential in wrong)
        {
            var renewal = _cluster.Renewal("node-a", credential);
            _world.Run(renewal);
            Assert.Equal((CertificateSlot.Held, "custody_broken"),
                (_cluster.View(renewal).Slot, _cluster.View(renewal).Hold));
        }

        Assert.Equal(3, _world.Facts.Count(fact => fact.Event is AlarmRaised { Kind: AlarmKind.CustodyBroken }));
    }

    [Fact]
    public void G30_a_broker_that_came_later_begins_a_chain_with_the_first_renewal_that_it_sees_and_no_other()
    {
        var first = _cluster.Renewal("node-a", World.Certificate("nobody's"));
        first = first with { Csr = first.Csr with { BeginsChain = true } };
        _world.Run(first);
        var second = _cluster.Renewal("node-a", first.Certificate!.Certificate);
        _world.Run(second with { Csr = second.Csr with { BeginsChain = true } });
        var stranger = _cluster.Renewal("node-a", World.Certificate("another's"));
        _world.Run(stranger with { Csr = stranger.Csr with { BeginsChain = true } });
        var elsewhere = _cluster.Renewal("node-b", World.Certificate("nobody's"));
        _world.Run(elsewhere);

        Assert.Equal((CertificateSlot.Next, Assurance.Witnessed),
            (_cluster.View(first).Slot, _cluster.View(first).Assurance));
        Assert.Equal((CertificateSlot.Next, Assurance.WitnessedCustody),
            (_cluster.View(second).Slot, _cluster.View(second).Assurance));
        Assert.Equal("custody_broken", _cluster.View(stranger).Hold);
        Assert.Equal("custody_broken", _cluster.View(elsewhere).Hold);
        Replays();
    }

    [Fact]
    public void G35_of_five_requests_of_one_rotation_only_the_last_is_used_and_the_others_retire()
    {
        var node = _cluster.Join("node-a");
        var tries = Enumerable.Range(0, 5).Select(_ => _cluster.Renewal("node-a", node.Certificate)).ToList();
        tries.ForEach(each => _world.Run(each));

        _world.Run(new PromoteCertificate(_cluster.Caller(tries[4])));

        Assert.Equal(
            [.. Enumerable.Repeat(CertificateSlot.Retired, 4), CertificateSlot.Current],
            tries.Select(each => _cluster.View(each).Slot));
        Replays();
    }

    [Fact]
    public void G21_a_renewal_of_an_older_server_counts_with_lower_assurance()
    {
        _cluster.Join("node-a");
        var renewal = _cluster.Renewal("node-a", null);

        _world.Run(renewal);

        Assert.Equal((CertificateSlot.Next, Assurance.Witnessed),
            (_cluster.View(renewal).Slot, _cluster.View(renewal).Assurance));
    }

    [Fact]
    public void G24_a_name_that_comes_back_with_another_UID_is_another_request()
    {
        var first = _cluster.First("node-a", key: "key-1");
        _world.Run(first);
        var again = _cluster.Renewal("node-a", first.Certificate!.Certificate);
        again = again with { Csr = again.Csr with { Csr = first.Csr.Csr } };

        _world.Run(again);

        Assert.Equal("uid-csr-000001", _world.Queries.Csr(first.Csr.Csr)!.CsrUid);
        Assert.Equal(CertificateSlot.Next, _cluster.View(first).Slot);
        Assert.Equal(CertificateSlot.Next, _cluster.View(again).Slot);
        var observed = _world.Facts.FindLastIndex(fact => fact.Event is CsrObserved);
        Assert.Equal(2, _world.Facts[observed].Prev);
        Replays();
    }

    [Fact]
    public void G28_one_key_under_two_names_is_held()
    {
        var (first, second) = (_cluster.First("node-a", key: "same"), _cluster.First("node-b", key: "same"));
        _world.Run(first);
        _world.Run(second);

        Assert.Equal(CertificateSlot.Next, _cluster.View(first).Slot);
        Assert.Equal((CertificateSlot.Held, "key_reuse"), (_cluster.View(second).Slot, _cluster.View(second).Hold));
        Replays();
    }

    [Fact]
    public void A_reason_of_the_witness_holds_the_certificate()
    {
        var observed = _cluster.First("node-a") with { Hold = "signer_ignored_lifetime" };
        _world.Run(observed);

        Assert.Equal("signer_ignored_lifetime", _cluster.View(observed).Hold);
    }

    [Fact]
    public void Certificates_on_hold_are_bounded_and_never_crowd_out_a_renewal()
    {
        var node = _cluster.Join("node-a");
        for (var i = 0; i < 16; i++)
        {
            _world.Run(_cluster.First("node-a"));
        }

        _world.Refused(RefusalCode.LedgerLimit, _cluster.First("node-a"));
        var renewal = _cluster.Renewal("node-a", node.Certificate);
        _world.Run(renewal);
        Assert.Equal(CertificateSlot.Next, _cluster.View(renewal).Slot);
    }

    [Fact]
    public void A_retired_name_is_held_and_a_shape_that_cannot_be_is_refused()
    {
        var node = _cluster.Join("node-a");
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Retired, null));
        var again = _cluster.First("node-a");
        _world.Run(again);
        Assert.Equal("name_takeover", _cluster.View(again).Hold);

        var good = _cluster.First("node-b");
        _world.Refused(RefusalCode.InvalidField, good with { Decision = CsrDecision.Approved });
        _world.Refused(RefusalCode.InvalidField, good with { Certificate = null });
        _world.Refused(RefusalCode.InvalidField, good with { Code = "no spaces" });
        _world.Refused(RefusalCode.InvalidField, good with { NodeObject = _cluster.Node("node-c") });
        _world.Refused(RefusalCode.InvalidField, good with { Csr = good.Csr with { Key = World.Key("x") } });
        _world.Refused(RefusalCode.InvalidField, good with { Csr = good.Csr with { CsrUid = "" } });
        _world.Refused(RefusalCode.InvalidField, good with { Csr = good.Csr with { Signer = "" } });
        _world.Refused(RefusalCode.InvalidField, _cluster.Decided("node-b", CsrDecision.Contradicted));
    }

    private void Replays() => Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
}
