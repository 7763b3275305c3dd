using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Reclaims;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Journal.Events;
using Broker.Journal.Store;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>What moves a block without its node (I5), and what never does.</summary>
public sealed class BlockReclaimTests
{
    private readonly World _world = new();
    private readonly Cluster _cluster;

    public BlockReclaimTests() => _cluster = new Cluster(_world);

    [Fact]
    public void An_operators_word_fences_ends_each_lease_and_then_the_block_in_one_commit()
    {
        _world.Define(World.Pool("p", "10.0.0.0/26", 28));
        var node = _world.Admit("node-a");
        var block = _world.Block(node, "p");
        var leases = new[] { _world.Grant(node, "c1"), _world.Grant(node, "c2") };
        var size = _world.Facts.Count;

        var answer = _world.Run(Reclaims.ByOperator(_world.Queries.BlockOf(block.Block.Network)!));

        Assert.Equal((true, true, 2, 0L), (answer.Reclaimed, answer.Fenced, answer.LeasesEnded, answer.LeasesLeft));
        var facts = _world.Facts[size..];
        Assert.Equal(
            [typeof(NodeFenced), typeof(LeaseReclaimed), typeof(LeaseReclaimed), typeof(BlockReclaimed)],
            facts.Select(fact => fact.Event.GetType()));
        Assert.Equal([leases[0].Position, leases[1].Position], facts[1..3].Select(fact => fact.Prev!.Value));
        Assert.Equal(block.Generation.Position, facts[3].Prev);
        Assert.Empty(_world.Queries.Blocks(null));
        Assert.Equal(Standing.Fenced, _world.Queries.Node(node.Name)!.Standing);
        Replays();
    }

    [Fact]
    public void After_a_reclaim_the_same_workload_waits_like_everybody()
    {
        _world.Define(World.Pool("p", "10.0.0.0/30", 30, cooldown: 60, blockCooldown: 600));
        var node = _world.Admit("node-a");
        var lease = _world.Grant(node, "c1");
        _world.Run(Reclaims.ByOperator(_world.Queries.BlockOf(lease.Address)!));
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Active, null));

        _world.Pass(599);
        _world.Refused(RefusalCode.PoolExhausted, _world.Lease(node, "c1"));
        _world.Refused(RefusalCode.PoolExhausted, _world.Lease(_world.Admit("node-b"), "c1"));
        _world.Pass(1);
        Assert.Equal(lease.Address, _world.Grant(node, "c1").Address);
    }

    [Fact]
    public void What_has_changed_since_the_operator_looked_is_a_conflict_and_moves_nothing()
    {
        _world.Define(World.Pool("p", "10.0.0.0/28", 28, cooldown: 0, blockCooldown: 0));
        var (node, other) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var old = _world.Block(node, "p");
        _world.Run(new ReleaseBlock(node, old.Block, old.Generation));

        Assert.False(_world.Run(Reclaims.ByOperator(old)).Reclaimed);
        var block = _world.Block(other, "p");

        _world.Refused(RefusalCode.Conflict, Reclaims.ByOperator(old));
        _world.Refused(RefusalCode.Conflict, Reclaims.ByOperator(block, node.Uid));
        _world.Refused(
            RefusalCode.GenerationStale,
            Reclaims.ByOperator(block) with { Generation = new Generation(_world.Ledger.Size) });
        _world.Refused(
            RefusalCode.BlockUnknown,
            Reclaims.ByOperator(block) with { Block = Broker.Core.Addresses.Cidr.Parse("10.0.0.0/29") });
        Assert.Equal(block, Assert.Single(_world.Queries.Blocks(null)));
        Assert.Equal(Standing.Active, _world.Queries.Node(other.Name)!.Standing);
    }

    [Fact]
    public void A_node_that_is_not_fenced_keeps_its_block_unless_the_command_fences_it()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28));
        var node = _world.Admit("node-a");
        var block = _world.Block(node, "p");

        _world.Refused(RefusalCode.NodeNotFenced, Reclaims.ByOperator(block) with { Fences = false });
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Fenced, null));

        Assert.False(_world.Run(Reclaims.ByOperator(block) with { Fences = false }).Fenced);
        Assert.Empty(_world.Queries.Blocks(null));
    }

    [Fact]
    public void Loss_of_a_Node_moves_a_block_only_where_its_pool_says_that_it_is_evidence()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28));
        _world.Define(World.Pool("q", "10.1.0.0/24", 28) with { NodeDeletionIsEvidence = true });
        var node = _cluster.Join("node-a");
        var (kept, gone) = (_world.Block(node, "p"), _world.Block(node, "q"));
        _world.Refused(RefusalCode.NodeNotFenced, Reclaims.ByRule(gone));
        _world.Run(new LoseNode(node.Name, node.Uid));

        _world.Refused(RefusalCode.EvidenceInsufficient, Reclaims.ByRule(kept));
        _world.Refused(RefusalCode.EvidenceInsufficient, Reclaims.ByRule(gone, new ObservedNode(
            node.Name, node.Uid, World.Start)));
        Assert.True(_world.Run(Reclaims.ByRule(gone)).Reclaimed);

        Assert.Equal(kept.Block, Assert.Single(_world.Queries.Blocks(null)).Block);
        Replays();
    }

    [Fact]
    public void Nobody_states_what_is_not_theirs_to_state()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28) with { NodeDeletionIsEvidence = true });
        var block = _world.Block(_world.Admit("node-a"), "p");
        var (word, rule) = (Reclaims.ByOperator(block), Reclaims.ByRule(block));

        _world.Refused(RefusalCode.InvalidField, word with { Actor = Actor.Broker });
        _world.Refused(RefusalCode.InvalidField, rule with { Actor = World.Operator });
        _world.Refused(
            RefusalCode.InvalidField,
            word with { Evidence = word.Evidence with { Kind = EvidenceKind.NodeDeleted } });
        _world.Refused(
            RefusalCode.InvalidField,
            rule with { Evidence = rule.Evidence with { Kind = EvidenceKind.PodGone } });
        Assert.Equal(block, Assert.Single(_world.Queries.Blocks(null)));
    }

    [Fact]
    public void A_next_certificate_that_is_being_promoted_brings_nothing_back()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28));
        var node = _world.Admit("node-a");
        var next = _world.Witness("node-a", _world.Approve("node-a"));
        var lease = _world.Grant(node, "c1");
        var block = _world.Queries.BlockOf(lease.Address)!;

        _world.Run(Reclaims.ByOperator(block));

        _world.Refused(RefusalCode.NodeFenced, new PromoteCertificate(next));
        _world.Refused(RefusalCode.NodeFenced, _world.Lease(next, "c1"));
        _world.Refused(RefusalCode.NodeFenced, new ReleaseLease(next, World.Attach(next, "c1")));
        _world.Refused(RefusalCode.NodeFenced, new ReleaseBlock(next, block.Block, block.Generation));
        Assert.Equal(CertificateSlot.Next, _world.Queries.Certificate(next.Certificate)!.Slot);
    }

    [Fact]
    public void Late_releases_of_the_old_node_change_nothing_of_the_new_holders()
    {
        _world.Define(World.Pool("p", "10.0.0.0/28", 28, cooldown: 0, blockCooldown: 0));
        var (node, other) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var lease = _world.Grant(node, "c1");
        _world.Run(Reclaims.ByOperator(_world.Queries.BlockOf(lease.Address)!));
        var held = _world.Grant(other, "c1");
        Assert.Equal(lease.Address, held.Address);
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Active, null));
        var size = _world.Ledger.Size;

        Assert.Empty(_world.Release(node, "c1"));
        Assert.False(_world.Run(new ReleaseBlock(node, lease.Block, lease.Generation)).Released);
        _world.Refused(RefusalCode.BlockUnknown, new ReleaseBlock(node, held.Block, held.Generation));

        Assert.Equal(size, _world.Ledger.Size);
        Assert.Equal(held, _world.Queries.LeaseOf(held.Address));
    }

    [Fact]
    public void A_name_that_waits_is_free_for_its_new_Node_once_the_old_ones_block_is_reclaimed()
    {
        _world.Define(World.Pool("p", "10.0.0.0/24", 28));
        var old = _cluster.Join("node-a");
        var block = _world.Block(old, "p");
        _world.Pass(10);
        var again = _cluster.Node("node-a");
        var renewal = _cluster.Renewal("node-a", old.Certificate, again);
        _world.Run(renewal);
        _world.Run(new BindNode(again));
        Assert.Equal(old.Uid, _world.Queries.Node(old.Name)!.Uid);

        // The block is the old Node's; the new one does not stand for it.
        _world.Refused(RefusalCode.Conflict, Reclaims.ByOperator(block, again.Uid));
        _world.Run(Reclaims.ByOperator(block) with { NodeObject = again });
        _world.Run(new BindNode(again));

        Assert.Equal((Standing.Active, again.Uid), (
            _world.Queries.Node(old.Name)!.Standing, _world.Queries.Node(old.Name)!.Uid));
        Assert.NotEqual(block.Block, _world.Block(_cluster.Caller(renewal), "p").Block);
        Replays();
    }

    [Fact]
    public void A_long_block_is_cut_into_commands_that_fit_a_batch_and_a_readmission_in_between_keeps_the_rest()
    {
        _world.Validates = false;
        _world.Define(World.Pool("six", "fd00::/64", 118));
        var node = _world.Admit(string.Join('.', Enumerable.Repeat(new string('n', 50), 4)));
        var many = (BlockReclaimRules.LeasesMax * 2) + 1;
        for (var i = 0; i < many; i++)
        {
            _world.Grant(node, $"c{i}");
        }

        var block = Assert.Single(_world.Queries.Blocks(null));
        var first = _world.Run(Reclaims.ByOperator(block));
        Assert.Equal((false, BlockReclaimRules.LeasesMax), (first.Reclaimed, first.LeasesEnded));
        Assert.Empty(_world.Ledger.Validate());
        _world.Run(new ChangeStanding(World.Operator, node.Name, null, Standing.Active, null));
        _world.Refused(RefusalCode.NodeNotFenced, Reclaims.ByOperator(block) with { Fences = false });
        Assert.Equal(many - BlockReclaimRules.LeasesMax, _world.Queries.Leases(null, 1_000).Count);

        Assert.Equal(2, Reclaims.RunAll(_world, Reclaims.ByOperator(block)));
        Assert.Empty(_world.Ledger.Validate());
        Assert.Empty(_world.Queries.Blocks(null));
        Replays();
    }

    [Fact]
    public void The_longest_events_of_one_command_fit_a_batch()
    {
        var look = new Observation(
            World.Start, EvidenceSource.Operator, EvidenceSight.StatedOff, new string('r', 64), null);
        var evidence = new Evidence(EvidenceKind.MachineOff, new string('u', 64), look, look, long.MaxValue);
        var lease = new LeaseReclaimed(
            Broker.Core.Addresses.IpAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            new Generation(long.MaxValue),
            long.MaxValue,
            evidence);
        var fact = new Fact(World.Start, null, long.MaxValue, World.Operator, null, lease);

        var bytes = (EventCodec.Encode(fact).Length + 1) * BlockReclaimRules.LeasesMax;

        Assert.True(bytes + (2 * JournalLimits.EventBytesMax) <= JournalLimits.BatchBytesMax, $"{bytes} bytes");
        Assert.True(BlockReclaimRules.LeasesMax + 2 <= JournalLimits.BatchEventsMax);
    }

    private void Replays() => Assert.Equal(Replay.Text(_world.Ledger), Replay.Text(Replay.Of(_world)));
}
