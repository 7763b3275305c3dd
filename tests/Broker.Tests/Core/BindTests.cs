using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>Node objects that come, change and go; rows H01 to H05, H10 and H11.</summary>
public sealed class BindTests
{
    private readonly World _world = new();
    private readonly Cluster _cluster;

    public BindTests() => _cluster = new Cluster(_world);

    [Fact]
    public void H02_without_a_Node_object_there_are_no_grants_and_H01_with_one_there_are()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28));
        var observed = _cluster.First("node-a");
        _world.Run(observed);
        var before = _cluster.Caller(observed);
        _world.Run(new PromoteCertificate(before));
        _world.Refused(RefusalCode.NodeUnregistered, _world.Blocks(before, "p"));

        var node = _cluster.Node("node-a");
        _world.Run(new BindNode(node));

        _world.Refused(RefusalCode.NodeUidChanged, _world.Blocks(before, "p"));
        var after = _cluster.Caller(observed);
        Assert.Equal(node.Uid, after.Uid);
        _world.Block(after, "p");
        var size = _world.Ledger.Size;
        _world.Run(new BindNode(node));
        _world.Run(new BindNode(_cluster.Node("nobody")));
        Assert.Equal(size, _world.Ledger.Size);
        Replays();
    }

    [Fact]
    public void H03_a_Node_that_is_gone_fences_the_name_and_moves_nothing()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28));
        var node = _cluster.Join("node-a");
        var block = _world.Block(node, "p");

        _world.Run(new LoseNode(node.Name, NodeUid.Parse("another")));
        Assert.Equal(Standing.Active, _world.Queries.Node(node.Name)!.Standing);
        _world.Run(new LoseNode(node.Name, node.Uid));
        _world.Run(new LoseNode(node.Name, node.Uid));

        Assert.Equal("node_deleted", Assert.Single(_world.Facts.Select(fact => fact.Event).OfType<NodeFenced>()).Rule);
        Assert.Equal(node.Name, _world.Queries.BlockOf(block.Block.Network)!.Node);
        _world.Refused(RefusalCode.NodeFenced, _world.Blocks(node, "p"));
        Replays();
    }

    [Fact]
    public void H04_another_UID_with_the_old_certificate_is_refused()
    {
        var node = _cluster.Join("node-a");
        _world.Pass(10);

        _world.Run(new BindNode(_cluster.Node("node-a")));

        Assert.Equal(Standing.Fenced, _world.Queries.Node(node.Name)!.Standing);
        Assert.Equal(node.Uid, _world.Queries.Node(node.Name)!.Uid);
        _world.Refused(RefusalCode.NodeFenced, new PromoteCertificate(node));
        Replays();
    }

    [Fact]
    public void H05_another_UID_with_a_newer_certificate_is_a_new_generation()
    {
        var old = _cluster.Join("node-a");
        _world.Run(new LoseNode(old.Name, old.Uid));
        _world.Pass(10);
        var again = _cluster.Node("node-a");
        _world.Run(new BindNode(again));
        Assert.Equal(Standing.Fenced, _world.Queries.Node(old.Name)!.Standing);
        _world.Pass(10);
        var renewal = _cluster.Renewal("node-a", old.Certificate, again);
        _world.Run(renewal);

        _world.Run(new BindNode(again));

        var view = _world.Queries.Node(old.Name)!;
        Assert.Equal((Standing.Active, again.Uid), (view.Standing, view.Uid));
        _world.Run(new PromoteCertificate(_cluster.Caller(renewal)));
        _world.Refused(RefusalCode.NodeUidChanged, new PromoteCertificate(old));
        Replays();
    }

    [Fact]
    public void H05_what_is_held_under_the_old_UID_stays_and_the_name_waits_for_it()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28));
        var old = _cluster.Join("node-a");
        _world.Block(old, "p");
        _world.Pass(10);
        var again = _cluster.Node("node-a");
        var renewal = _cluster.Renewal("node-a", old.Certificate, again);
        _world.Run(renewal);

        _world.Run(new BindNode(again));

        var view = _world.Queries.Node(old.Name)!;
        Assert.Equal((Standing.Fenced, old.Uid, 1), (view.Standing, view.Uid, view.BlocksLive));
        Replays();
    }

    [Fact]
    public void H10_H11_what_lifts_a_fence_of_a_rule_lifts_no_operators_word()
    {
        var fenced = Rejoin("node-a", Standing.Fenced);
        var quarantined = Rejoin("node-b", Standing.Quarantined);

        Assert.Equal(Standing.Fenced, _world.Queries.Node(fenced)!.Standing);
        Assert.Equal(Standing.Quarantined, _world.Queries.Node(quarantined)!.Standing);
        _world.Run(new ChangeStanding(World.Operator, fenced, null, Standing.Active, null));
        Assert.Equal(Standing.Active, _world.Queries.Node(fenced)!.Standing);
        Replays();
    }

    [Fact]
    public void A_gap_is_on_the_ledgers_own_chain()
    {
        _world.Run(new RecordGap(null, World.Start));
        _world.Run(new RecordGap(World.Start, World.Start));

        Assert.Equal([0L, 1L], _world.Facts.TakeLast(2).Select(fact => fact.Prev));
        _world.Refused(RefusalCode.InvalidField, new RecordGap(_cluster.After(1), World.Start));
        Assert.True(new EvidenceGap(null, World.Start).IsLoss);
        Assert.False(new EvidenceGap(World.Start, _cluster.After(3_300)).IsLoss);
        Assert.True(new EvidenceGap(World.Start, _cluster.After(3_301)).IsLoss);
    }

    private NodeName Rejoin(string name, Standing standing)
    {
        var old = _cluster.Join(name);
        _world.Run(new LoseNode(old.Name, old.Uid));
        _world.Run(new ChangeStanding(World.Operator, old.Name, null, Standing.Active, null));
        _world.Run(new ChangeStanding(World.Operator, old.Name, null, standing, null));
        _world.Run(new LoseNode(old.Name, old.Uid));
        _world.Pass(10);
        var again = _cluster.Node(name);
        _world.Run(_cluster.Renewal(name, old.Certificate, again));
        _world.Run(new BindNode(again));
        Assert.Equal(again.Uid, _world.Queries.Node(old.Name)!.Uid);
        return old.Name;
    }

    private void Replays() => Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
}
