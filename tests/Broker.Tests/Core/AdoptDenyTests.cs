using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>Certificates that an operator takes over or denies; rows G23, I07 and I13.</summary>
public sealed class AdoptDenyTests
{
    private readonly World _world = new();
    private readonly Cluster _cluster;

    public AdoptDenyTests() => _cluster = new Cluster(_world);

    [Fact]
    public void An_operator_lets_a_certificate_off_its_hold()
    {
        var node = _cluster.Join("node-a");
        var held = _cluster.First("node-a");
        _world.Run(held);
        var adopt = Adopt("node-a", held.Certificate!) with { SeenUid = NodeUid.Parse("another") };
        _world.Refused(RefusalCode.Conflict, adopt);
        _world.Refused(RefusalCode.SubjectMismatch, Adopt("node-b", held.Certificate!));
        _world.Refused(RefusalCode.Held, adopt with { SeenUid = node.Uid, Actor = Actor.Broker });

        var view = _world.Run(adopt with { SeenUid = node.Uid });

        Assert.Equal((CertificateSlot.Next, Assurance.Adopted), (view.Slot, view.Assurance));
        Assert.Equal(view, _cluster.View(held));
        Assert.Equal(view, _world.Run(adopt with { SeenUid = null }));
        _world.Run(new PromoteCertificate(_cluster.Caller(held)));
        Assert.Equal(view.Certificate, _world.Queries.Node(node.Name)!.Current);
        Replays();
    }

    [Fact]
    public void G23_an_operator_takes_over_what_nobody_witnessed()
    {
        var lost = _cluster.First("node-a").Certificate!;
        _world.Refused(RefusalCode.NodeUnregistered, Adopt("node-a", lost));

        var found = _cluster.Node("node-a");
        var view = _world.Run(Adopt("node-a", lost, found));

        Assert.Equal((CertificateSlot.Next, found.Uid), (view.Slot, view.Uid));
        Assert.Null(view.Csr);
        _world.Run(new PromoteCertificate(new NodeCaller(found.Name, found.Uid, view.Certificate)));
        _world.Pass(90_000);
        _world.Run(new RetireCertificates());
        Replays();
    }

    [Fact]
    public void The_broker_adopts_at_first_sight_only()
    {
        var found = _cluster.Node("node-a");
        var first = Adopt("node-a", _cluster.First("node-a").Certificate!, found) with { Actor = Actor.Broker };
        _world.Refused(RefusalCode.Unwitnessed, first with { NodeObject = null });
        _world.Run(first);

        _world.Run(first);
        _world.Refused(
            RefusalCode.Unwitnessed,
            Adopt("node-a", _cluster.First("node-a").Certificate!, found) with { Actor = Actor.Broker });
    }

    [Fact]
    public void What_a_thief_has_on_hold_keeps_no_machine_from_being_adopted_or_from_beginning_its_chain()
    {
        var found = _cluster.Node("node-a", createdSeconds: -60);
        var thief = _cluster.First("node-a", found);
        _world.Run(thief);
        Assert.Equal("name_takeover", _cluster.View(thief).Hold);
        var first = Adopt("node-a", _cluster.First("node-a").Certificate!, found) with { Actor = Actor.Broker };
        _world.Refused(RefusalCode.Unwitnessed, first with { NodeObject = _cluster.Node("node-a") });

        var view = _world.Run(first);

        Assert.Equal((CertificateSlot.Next, found.Uid), (view.Slot, view.Uid));
        _world.Refused(
            RefusalCode.Unwitnessed,
            Adopt("node-a", _cluster.First("node-a").Certificate!, found) with { Actor = Actor.Broker });

        var other = _cluster.Node("node-b", createdSeconds: -60);
        _world.Run(_cluster.First("node-b", other));
        var renewal = _cluster.Renewal("node-b", World.Certificate("nobody's"), other);
        _world.Run(renewal with { Csr = renewal.Csr with { BeginsChain = true } });
        Assert.Equal((CertificateSlot.Next, Assurance.Witnessed),
            (_cluster.View(renewal).Slot, _cluster.View(renewal).Assurance));
        Replays();
    }

    [Fact]
    public void The_key_of_another_node_is_not_adopted()
    {
        _world.Run(_cluster.First("node-a", key: "same"));

        _world.Refused(
            RefusalCode.KeyReuse,
            Adopt("node-b", _cluster.First("node-b", key: "same").Certificate!, _cluster.Node("node-b")));
    }

    [Fact]
    public void I07_a_denied_key_serial_or_hash_is_refused_and_not_let_in_again()
    {
        foreach (var by in (string[])["certificate", "key", "serial", "all"])
        {
            var node = _cluster.Join("node-" + by);
            var observed = _cluster.Renewal("node-" + by, node.Certificate);
            _world.Run(observed);
            var seen = observed.Certificate!;
            var deny = new DenyCertificate(
                World.Operator,
                node.Name,
                node.Uid,
                by == "certificate" ? seen.Certificate : null,
                by == "key" ? seen.Key : null,
                by == "serial" ? seen.Issuer : null,
                by == "serial" ? seen.Serial : null,
                null);

            var view = _world.Run(deny);

            var now = _world.Queries.Node(node.Name)!;
            Assert.Equal(now.Current, view.Current);
            Assert.Equal(now.Next, view.Next);
            Assert.Equal(CertificateSlot.Denied, _cluster.View(observed).Slot);
            _world.Refused(RefusalCode.CertificateDenied, new PromoteCertificate(_cluster.Caller(observed)));
            _world.Refused(RefusalCode.CertificateDenied, Adopt(node.Name.Value, seen));
            var size = _world.Ledger.Size;
            _world.Run(deny);
            Assert.Equal(size, _world.Ledger.Size);
            Assert.Equal(by == "all", _world.Queries.Node(node.Name)!.Current is null);
        }

        Replays();
    }

    [Fact]
    public void I13_a_certificate_of_a_denied_key_that_comes_later_is_held()
    {
        var node = _cluster.Join("node-a");
        var key = World.Key("stolen");
        _world.Run(new DenyCertificate(World.Operator, node.Name, null, null, key, null, null, null));
        var later = _cluster.First("node-b", key: "stolen");
        _world.Run(later);

        Assert.Equal(
            (CertificateSlot.Held, "certificate_denied"), (_cluster.View(later).Slot, _cluster.View(later).Hold));
        _world.Refused(RefusalCode.CertificateDenied, Adopt("node-b", later.Certificate!));
    }

    [Fact]
    public void A_denial_names_one_thing_of_a_known_node()
    {
        var node = _cluster.Join("node-a");
        var good = new DenyCertificate(
            World.Operator, node.Name, null, node.Certificate, null, null, null, null);
        _world.Refused(RefusalCode.InvalidField, good with { Key = World.Key("x") });
        _world.Refused(RefusalCode.InvalidField, good with { Certificate = null, Serial = "0a" });
        _world.Refused(
            RefusalCode.InvalidField, good with { Certificate = null, Issuer = World.Key("x"), Serial = "0A" });
        _world.Refused(RefusalCode.NodeUnknown, good with { Node = NodeName.Parse("node-b") });
        _world.Refused(RefusalCode.Conflict, good with { SeenUid = NodeUid.Parse("x") });
    }

    private AdoptCertificate Adopt(string node, ObservedCertificate certificate, ObservedNode? found = null) =>
        new(World.Operator, NodeName.Parse(node), null, certificate, found, null);

    private void Replays() => Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
}
