using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Views;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>When a Node counts as gone, and when not even then.</summary>
public sealed class NodeTargetTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(ClusterPki.Now);
    private readonly RecordingLedger _ledger = new();
    private readonly List<WitnessWarning> _warnings = [];
    private readonly NodeTarget _target;

    public NodeTargetTest() => _target = new NodeTarget(_ledger, new WatchTimes(), _time, _warnings.Add);

    [Fact]
    public async Task Two_lists_apart_must_lack_it()
    {
        _ledger.Knows("n1");
        _ledger.Knows("n2");

        Assert.Equal(TimeSpan.FromSeconds(10), await ListAsync("n1"));
        Assert.Equal(TimeSpan.FromSeconds(10), await ListAsync("n1"));
        Assert.Empty(Lost());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await ListAsync("n1"));

        Assert.Equal(["n2"], Lost());
    }

    [Fact]
    public async Task One_that_is_back_in_between_starts_anew()
    {
        _ledger.Knows("n1");
        _ = await ListAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        _ = await ListAsync("n1");
        _time.Advance(TimeSpan.FromSeconds(10));
        _ = await ListAsync();

        Assert.Empty(Lost());
    }

    [Fact]
    public async Task Its_own_delete_event_is_enough()
    {
        _ledger.Knows("n1");
        _ = await ListAsync("n1", "n2");

        await _target.ChangedAsync(
            new ClusterChange<NodeObject>(ChangeKind.Deleted, Node("n1"), "7"), Cancellation);

        Assert.Equal(["n1"], Lost());
        var (node, evidence, there) = Assert.Single(_ledger.Reclaims);
        Assert.Equal(("n1", "uid-n1", null), (node.Value, evidence.Uid, there));
        Assert.Equal((EvidenceKind.NodeDeleted, EvidenceSight.Absent, "7", null), (
            evidence.Kind, evidence.First.Seen, evidence.First.ResourceVersion, evidence.Second));
        Assert.Null(_target.Find(Broker.Core.Names.NodeName.Parse("n1")));
        Assert.NotNull(_target.Find(Broker.Core.Names.NodeName.Parse("n2")));
    }

    [Fact]
    public async Task More_than_a_tenth_at_once_waits_for_an_operator()
    {
        var names = Enumerable.Range(0, 40).Select(i => $"n{i:d2}").ToArray();
        foreach (var name in names)
        {
            _ledger.Knows(name);
        }

        _ = await ListAsync(names[5..]);
        _time.Advance(TimeSpan.FromSeconds(10));
        _ = await ListAsync(names[5..]);

        Assert.Empty(Lost());
        Assert.Empty(_ledger.Reclaims);
        Assert.Equal("nodes_vanished", Assert.Single(_warnings).Code);
    }

    [Fact]
    public async Task A_tenth_may_go_and_what_went_before_counts_for_a_minute()
    {
        var names = Enumerable.Range(0, 40).Select(i => $"n{i:d2}").ToArray();
        foreach (var name in names)
        {
            _ledger.Knows(name);
        }

        _ = await ListAsync(names[4..]);
        _time.Advance(TimeSpan.FromSeconds(10));
        _ = await ListAsync(names[4..]);
        Assert.Equal(4, Lost().Count);

        await _target.ChangedAsync(new ClusterChange<NodeObject>(ChangeKind.Deleted, Node("n10"), "7"), Cancellation);
        Assert.Equal(4, Lost().Count);
        _time.Advance(TimeSpan.FromSeconds(61));
        await _target.ChangedAsync(new ClusterChange<NodeObject>(ChangeKind.Deleted, Node("n11"), "8"), Cancellation);
        Assert.Equal(5, Lost().Count);
    }

    [Fact]
    public async Task Another_UID_under_the_name_is_told_by_binding_it()
    {
        _ledger.Knows("n1");
        _ = await ListAsync("n1");
        _ledger.Commands.Clear();
        var changed = new ClusterChange<NodeObject>(ChangeKind.Present, Node("n1"), "7");
        await _target.ChangedAsync(changed, Cancellation);
        Assert.Empty(_ledger.Commands);

        await _target.ChangedAsync(
            changed with { Item = Node("n1") with { Uid = "another" } }, Cancellation);

        var bind = Assert.IsType<BindNode>(Assert.Single(_ledger.Commands));
        Assert.Equal("another", bind.NodeObject.Uid.Value);
    }

    [Fact]
    public async Task What_a_fenced_Node_held_comes_back_once_two_lists_apart_show_another_one_in_its_place()
    {
        _ledger.Knows("n1", Standing.Fenced);
        var again = Node("n1") with { Uid = "another" };
        Assert.Equal(TimeSpan.FromSeconds(10), await ListNodesAsync(again));
        Assert.Empty(_ledger.Reclaims);
        _time.Advance(TimeSpan.FromSeconds(10));

        _ = await ListNodesAsync(again);

        var (_, evidence, there) = Assert.Single(_ledger.Reclaims);
        Assert.Equal(("uid-n1", EvidenceSight.OtherUid, "another", 10L), (
            evidence.Uid, evidence.Second!.Seen, evidence.Second.OtherUid, evidence.ApartSeconds!.Value));
        Assert.Equal("another", there!.Uid.Value);
        Assert.Equal("another", Assert.IsType<BindNode>(_ledger.Commands[^1]).NodeObject.Uid.Value);
    }

    [Fact]
    public async Task A_fenced_Node_that_is_there_keeps_what_it_holds()
    {
        _ledger.Knows("n1", Standing.Fenced);
        _ = await ListAsync("n1");
        _time.Advance(TimeSpan.FromSeconds(10));
        _ = await ListAsync("n1");

        Assert.Empty(_ledger.Reclaims);
    }

    private static NodeObject Node(string name) => new(name, "uid-" + name, ClusterPki.Now);

    private Task<TimeSpan?> ListAsync(params string[] names) => ListNodesAsync([.. names.Select(Node)]);

    private Task<TimeSpan?> ListNodesAsync(params NodeObject[] nodes) => _target.ListedAsync(
        new ListSeen<NodeObject>(nodes, _time.GetTimestamp(), null), Cancellation);

    private List<string> Lost() => [.. _ledger.Commands.OfType<LoseNode>().Select(lost => lost.Node.Value)];
}
