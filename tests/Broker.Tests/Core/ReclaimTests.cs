using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>The end of a lease by evidence: what it ends, what it never ends, and what it leaves behind.</summary>
public sealed class ReclaimTests
{
    private static readonly Observation absent =
        new(World.Start, EvidenceSource.Cache, EvidenceSight.Absent, "7");

    private readonly World _world = new();
    private readonly NodeCaller _node;

    public ReclaimTests()
    {
        _ = _world.Define(World.Pool("pods", "10.0.0.0/31", 31, Broker.Core.Pools.PoolNetwork.Host));
        _node = _world.Admit("node-a");
    }

    [Fact]
    public void A_reclaim_names_the_grant_and_its_evidence_and_the_broker_did_it()
    {
        var lease = _world.Grant(_node, "c1");

        Assert.Equal([lease.Address], _world.Run(World.Reclaim(lease)).Addresses);

        var fact = _world.Facts[^1];
        var expected = new LeaseReclaimed(
            lease.Address, lease.Generation, lease.Position, World.Gone(World.PodUid("c1")));
        Assert.Equal(expected, fact.Event);
        Assert.Equal((lease.Position, Actor.Broker), (fact.Prev, fact.Actor));
        Assert.Null(_world.Queries.LeaseOf(lease.Address));
        Assert.Equal(0, _world.Queries.Node(_node.Name)!.LeasesLive);
    }

    [Fact]
    public void Both_families_of_an_attachment_end_together_whichever_of_them_is_named()
    {
        var world = new World();
        _ = world.Define(World.Pool("four", "10.0.0.0/24", 26));
        _ = world.Define(World.Pool("six", "fd00::/120", 122));
        var both = world.Run(world.Lease(world.Admit("node-b"), "c1")).Leases;

        Assert.Equal(both.Select(lease => lease.Address), world.Run(World.Reclaim(both[1])).Addresses);
        Assert.Equal(2, world.Facts.Count(fact => fact.Event is LeaseReclaimed));
    }

    [Fact]
    public void A_reclaimed_address_waits_even_for_the_same_pod_and_the_next_one_names_the_reclaim()
    {
        var first = _world.Grant(_node, "c1");
        _ = _world.Grant(_node, "c2");
        _ = _world.Run(World.Reclaim(first));
        var reclaimed = _world.Facts.Count - 1;

        _world.Pass(59);
        _world.Refused(RefusalCode.BlockExhausted, _world.Lease(_node, "c1"));
        _world.Pass(1);

        Assert.Equal(first.Address, _world.Grant(_node, "c1").Address);
        Assert.Equal(reclaimed, _world.Facts[^1].Prev);
    }

    [Fact]
    public void A_late_release_changes_nothing_and_leaves_no_tombstone()
    {
        var lease = _world.Grant(_node, "c1");
        _ = _world.Run(World.Reclaim(lease));
        var size = _world.Ledger.Size;

        Assert.Empty(_world.Release(_node, "c1"));

        Assert.Equal(size, _world.Ledger.Size);
        _ = _world.Grant(_node, "c1"); // A tombstone would refuse it.
    }

    [Fact]
    public void A_retry_of_the_request_that_was_granted_is_refused_after_the_reclaim()
    {
        var grant = _world.Lease(_node, "c1");
        var lease = Assert.Single(_world.Run(grant).Leases);
        _ = _world.Run(World.Reclaim(lease));

        _world.Refused(RefusalCode.RequestEnded, grant);
    }

    [Fact]
    public void Evidence_on_a_lease_that_has_ended_or_was_granted_anew_changes_nothing()
    {
        var first = _world.Grant(_node, "c1");
        _ = _world.Release(_node, "c1");
        var size = _world.Ledger.Size;
        Assert.Empty(_world.Run(World.Reclaim(first)).Addresses);

        var second = _world.Grant(_node, "c1");
        Assert.Empty(_world.Run(World.Reclaim(first)).Addresses);
        Assert.Equal(size + 1, _world.Ledger.Size);
        Assert.Equal(second, _world.Queries.LeaseOf(second.Address));
    }

    [Fact]
    public void Evidence_on_another_pod_ends_nothing()
    {
        var lease = _world.Grant(_node, "c1");

        _world.Refused(RefusalCode.Conflict, World.Reclaim(lease) with { Evidence = World.Gone("uid-other") });
    }

    [Fact]
    public void A_lease_without_a_pod_UID_is_never_reclaimed()
    {
        var lease = Assert.Single(_world.Run(_world.Lease(_node, "c1") with { Pod = PodIdentity.None }).Leases);

        _world.Refused(RefusalCode.InvalidField, World.Reclaim(lease));
        _world.Refused(RefusalCode.Conflict, World.Reclaim(lease) with { Evidence = World.Gone("uid-any") });
    }

    [Fact]
    public void A_pod_that_was_not_seen_once_is_not_gone() =>
        Invalid(World.Gone(World.PodUid("c1")) with { Second = null, ApartSeconds = null });

    [Fact]
    public void Evidence_has_the_words_that_show_its_kind_and_bounded_names()
    {
        var good = World.Gone(World.PodUid("c1"));
        Invalid(good with { ApartSeconds = null });
        Invalid(good with { ApartSeconds = -1 });
        Invalid(good with { Kind = default });
        Invalid(good with { Kind = EvidenceKind.PodEnded });
        Invalid(good with { Kind = EvidenceKind.MachineOff });
        Invalid(good with { Kind = EvidenceKind.NodeDeleted });
        Invalid(good with { Uid = string.Empty });
        Invalid(good with { Uid = new string('u', 65) });
        Invalid(good with { First = absent with { Source = default } });
        Invalid(good with { First = absent with { Seen = EvidenceSight.StatedOff } });
        Invalid(good with { First = absent with { ResourceVersion = new string('9', 65) } });
        Invalid(good with { First = absent with { ResourceVersion = "a b" } });
        Invalid(good with { Second = absent with { Seen = EvidenceSight.OtherUid } });
        Invalid(good with { Second = absent with { OtherUid = "uid-2" } });
    }

    [Fact]
    public void A_pod_that_had_ended_at_the_first_look_may_be_gone_at_the_second()
    {
        var lease = _world.Grant(_node, "c1");
        var evidence = World.Gone(lease.Pod.Uid) with { First = absent with { Seen = EvidenceSight.Failed } };

        Assert.Single(_world.Run(World.Reclaim(lease) with { Evidence = evidence }).Addresses);
    }

    [Fact]
    public void A_replay_gives_the_same_state()
    {
        var lease = _world.Grant(_node, "c1");
        _ = _world.Run(World.Reclaim(lease));

        Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
    }

    private void Invalid(Evidence evidence)
    {
        var lease = _world.Queries.Leases(_node.Name, 1) is [var live] ? live : _world.Grant(_node, "c1");
        _world.Refused(RefusalCode.InvalidField, World.Reclaim(lease) with { Evidence = evidence });
        Assert.Equal(lease, _world.Queries.LeaseOf(lease.Address));
    }
}
