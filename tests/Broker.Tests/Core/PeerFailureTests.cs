using Broker.Core;
using Broker.Core.Commands;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>How other allocators failed, by the number of the report: none of it may happen here.</summary>
public sealed class PeerFailureTests
{
    private readonly World _world = new();

    [Fact]
    public void Whereabouts_176_a_restart_does_not_free_what_is_held()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/29", 29, PoolNetwork.Host));
        var node = _world.Admit("node-a");
        var held = _world.Grant(node, "c1");
        _world.Grant(node, "c2");
        _world.Release(node, "c2");

        var replayed = Replay.Of(_world);

        Assert.Equal(held, replayed.Queries.LeaseOf(held.Address));
        for (var i = 0; i < 6; i++)
        {
            var facts = replayed.Decide(_world.Lease(node, $"d{i}"), new Moment(_world.Now.At, LedgerTime.Zero)).Facts;
            Assert.NotEmpty(facts);
            Replay.Apply(replayed, facts, LedgerTime.Zero);
        }

        Assert.Equal(
            RefusalCode.BlockExhausted,
            replayed.Decide(_world.Lease(node, "e"), new Moment(_world.Now.At, LedgerTime.Zero)).Refusal?.Code);
    }

    [Fact]
    public void Kube_ovn_4304_a_cooldown_starts_over_in_full_after_a_restart()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/32", 32, PoolNetwork.Host));
        var node = _world.Admit("node-a");
        _world.Grant(node, "c1");
        _world.Release(node, "c1");
        _world.Pass(59);
        var replayed = Replay.Of(_world);

        Decision At(long seconds) => replayed.Decide(
            _world.Lease(node, "c2"), new Moment(_world.Now.At, LedgerTime.Zero.PlusSeconds(seconds)));

        Assert.Equal(RefusalCode.BlockExhausted, At(1).Refusal?.Code);
        Assert.Equal(RefusalCode.BlockExhausted, At(59).Refusal?.Code);
        Assert.NotNull(At(60).Answer);
    }

    [Fact]
    public void Cilium_37746_a_grant_after_its_release_is_refused()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        Assert.Empty(_world.Release(node, "c1"));

        _world.Refused(RefusalCode.RequestEnded, _world.Lease(node, "c1"));
        _world.Pass(599);
        _world.Refused(RefusalCode.RequestEnded, _world.Lease(node, "c1"));
        _world.Pass(1);
        _world.Grant(node, "c1");
    }

    [Fact]
    public void Azure_4829_a_crossed_release_does_not_free_the_next_holder()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/32", 32, PoolNetwork.Host, cooldown: 0));
        var node = _world.Admit("node-a");
        _world.Grant(node, "c1");
        _world.Release(node, "c1");
        var second = _world.Grant(node, "c2");

        Assert.Empty(_world.Release(node, "c1"));

        Assert.Equal(second, _world.Queries.LeaseOf(second.Address));
    }

    [Fact]
    public void Kubernetes_127792_a_block_in_use_is_never_granted_again()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 26));
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var block = _world.Block(a, "pods");
        _world.Run(new ChangeStanding(World.Operator, a.Name, null, Standing.Fenced, null));
        _world.Pass(1_000_000);
        var again = _world.Witness("node-b", _world.Approve("node-b"), validSeconds: 2_000_000);
        for (var i = 0; i < 3; i++)
        {
            Assert.NotEqual(block.Block, _world.Block(again, "pods").Block);
        }

        _world.Refused(RefusalCode.PoolExhausted, _world.Blocks(again, "pods"));
        Assert.Equal(b.Uid, again.Uid);
    }

    [Fact]
    public void Calico_4861_blocks_that_are_full_or_cooling_do_not_stop_a_node_below_its_limit()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/24", 30, blocksMax: 2));
        var node = _world.Admit("node-a");
        var lease = _world.Grant(node, "c1");
        _world.Release(node, "c1");
        _world.Run(new ReleaseBlock(node, lease.Block, lease.Generation));

        Assert.NotEqual(lease.Block, _world.Grant(node, "c2").Block);
        Assert.NotEqual(lease.Block, _world.Grant(node, "c3").Block);
    }

    [Fact]
    public void Calico_4152_an_address_is_not_used_again_before_its_time_even_through_its_block()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/32", 32, PoolNetwork.Host, cooldown: 3_600, blockCooldown: 0));
        var (a, b) = (_world.Admit("node-a"), _world.Admit("node-b"));
        var lease = _world.Grant(a, "c1");
        _world.Release(a, "c1");
        _world.Run(new ReleaseBlock(a, lease.Block, lease.Generation));

        _world.Pass(3_599);
        _world.Refused(RefusalCode.PoolExhausted, _world.Lease(b, "c1"));
        _world.Pass(1);
        _world.Grant(b, "c1");
    }

    [Fact]
    public void Azure_4497_a_sandbox_made_anew_leaks_nothing()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/29", 29, PoolNetwork.Host, blocksMax: 1));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 100; i++)
        {
            _world.Grant(node, $"c{i}");
            _world.Release(node, $"c{i}");
            _world.Pass(10);
        }

        Assert.Equal(0, Assert.Single(_world.Queries.Blocks(null)).LeasesLive);
        Assert.Equal(0, _world.Ledger.State.Leases.Count);
    }

    [Fact]
    public void Spiderpool_2517_and_whereabouts_409_one_fact_carries_address_and_holder()
    {
        _world.Define(World.Pool("four", "10.0.0.0/16", 26));
        _world.Define(World.Pool("six", "fd00::/64", 122));
        var node = _world.Admit("node-a");
        var decision = _world.Decide(_world.Lease(node, "c1"));

        Assert.Equal(4, decision.Facts.Count);
        Assert.Single(decision.Facts.Select(fact => fact.Request).Distinct());
    }

    [Fact]
    public void Cni_plugin_277_who_had_an_address_stands_in_the_chain_of_facts()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/32", 32, PoolNetwork.Host, cooldown: 0));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 3; i++)
        {
            _world.Grant(node, $"c{i}");
            _world.Release(node, $"c{i}");
        }

        var chain = new List<string>();
        for (long? at = _world.Facts.Count - 1; at is { } position; at = _world.Facts[(int)position].Prev)
        {
            chain.Add(_world.Facts[(int)position].Event.GetType().Name);
        }

        Assert.Equal(
            "LeaseReleased LeaseGranted LeaseReleased LeaseGranted LeaseReleased LeaseGranted BlockGranted",
            string.Join(' ', chain));
    }

    [Fact]
    public void Cilium_780_a_node_claims_no_more_than_its_share()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 30, blocksMax: 4));
        var node = _world.Admit("node-a");
        for (var i = 0; i < 4; i++)
        {
            _world.Grant(node, $"c{i}");
        }

        _world.Refused(RefusalCode.BlockLimit, _world.Lease(node, "d"));
        _world.Refused(RefusalCode.BlockLimit, _world.Blocks(node, "pods"));
    }

    [Fact]
    public void Calico_3589_a_rebuilt_node_of_the_same_name_inherits_nothing()
    {
        _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var old = _world.Admit("node-a");
        var command = _world.Lease(old, "c1");
        var lease = Assert.Single(_world.Run(command).Leases);
        _world.Release(old, "c1");
        _world.Run(new ReleaseBlock(old, lease.Block, lease.Generation));
        _world.Run(new ChangeStanding(World.Operator, old.Name, old.Uid, Standing.Retired, null));
        var rebuilt = _world.Admit("node-a");

        _world.Refused(RefusalCode.NodeUidChanged, command);
        _world.Refused(RefusalCode.SubjectMismatch, command with { Caller = rebuilt });
        Assert.NotEqual(lease.Block, _world.Grant(rebuilt, "c1").Block);
    }
}
