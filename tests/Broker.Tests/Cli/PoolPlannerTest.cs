using Broker.Cli.Pools.Apply;
using Broker.Contracts.Pools;
using Xunit;

namespace Broker.Tests.Cli;

public sealed class PoolPlannerTest
{
    private static readonly PoolInfo present = new(
        "pods", "10.0.0.0/16", 26, "routed", "central", 60, 600, 64,
        ["10.0.0.0-10.0.0.255", "10.0.1.0-10.0.1.255"], true, "1024", 0, 0, 7);

    [Fact]
    public void What_the_file_leaves_out_stays_as_it_is()
    {
        var plan = Assert.Single(Plan(Entry(), present));

        Assert.Equal(PoolAction.Unchanged, plan.Action);
        Assert.False(plan.IsChange);
    }

    [Fact]
    public void A_pool_that_is_not_there_is_created_with_what_the_file_sets()
    {
        var plan = Assert.Single(Plan(Entry() with { Network = "flat", Open = true }));

        Assert.Equal(PoolAction.Create, plan.Action);
        Assert.Equal(("10.0.0.0/16", "flat", true, null, "why"), (
            plan.Definition!.Cidr,
            plan.Definition.Network,
            plan.Definition.Open,
            plan.Definition.BlockPrefixLength,
            plan.Definition.Reason));
        Assert.Null(plan.Definition.Position);
    }

    [Fact]
    public void A_change_names_old_and_new_and_sends_the_whole_with_the_position_that_was_seen()
    {
        var plan = Assert.Single(Plan(Entry() with { Cidr = "10.0.0.0/15", BlockCooldownSeconds = 300 }, present));

        Assert.Equal(PoolAction.Change, plan.Action);
        Assert.Equal(
            [new("cidr", "10.0.0.0/16", "10.0.0.0/15"), new("blockCooldownSeconds", "600", "300")], plan.Changes);
        Assert.Equal((26, 60, 300, 64, 7L), (
            plan.Definition!.BlockPrefixLength,
            plan.Definition.AddressCooldownSeconds,
            plan.Definition.BlockCooldownSeconds,
            plan.Definition.BlocksPerNodeMax,
            plan.Definition.Position));
        Assert.Equal(present.Exclusions, plan.Definition.Exclusions);
    }

    [Fact]
    public void Limits_that_the_file_leaves_out_stay_and_zero_lifts_them()
    {
        var limited = present with { LeasesPerNodeMax = 110, LeasesPerNamespaceMax = 20 };
        Assert.Equal(PoolAction.Unchanged, Assert.Single(Plan(Entry(), limited)).Action);

        var plan = Assert.Single(Plan(Entry() with { LeasesPerNodeMax = 0, BlocksPerNodeMax = 32 }, limited));

        Assert.Equal(
            [new("blocksPerNodeMax", "64", "32"), new("leasesPerNodeMax", "110", "0")], plan.Changes);
        Assert.Equal((0, 20), (plan.Definition!.LeasesPerNodeMax, plan.Definition.LeasesPerNamespaceMax));
    }

    [Fact]
    public void A_drained_pool_is_not_opened_by_a_file_that_is_applied_again()
    {
        var drained = present with { Open = false, Drained = true };
        var opened = Assert.Single(Plan(Entry() with { Open = true }, drained));

        Assert.Equal("pool_drained", opened.Refusal!.Code);
        Assert.Equal(PoolAction.Unchanged, Assert.Single(Plan(Entry(), drained)).Action);
    }

    [Theory]
    [InlineData(PoolAction.Unchanged, "10.0.0.0/23")]
    [InlineData(PoolAction.Unchanged, "10.0.1.0/24", "10.0.0.0/24", "10.0.0.5")]
    [InlineData(PoolAction.Change, "10.0.0.0/24")]
    [InlineData(PoolAction.Change, "10.0.0.0/24", "nonsense")]
    public void Exclusions_are_compared_by_what_they_cover(object action, params string[] exclusions) =>
        Assert.Equal(action, Assert.Single(Plan(Entry() with { Exclusions = exclusions }, present)).Action);

    [Fact]
    public void An_adopting_pool_is_opened_and_an_open_one_is_not_closed()
    {
        var opened = Assert.Single(Plan(Entry() with { Open = true }, present with { Open = false }));
        var both = Assert.Single(
            Plan(Entry() with { Open = true, BlocksPerNodeMax = 1 }, present with { Open = false }));
        var closed = Assert.Single(Plan(Entry() with { Open = false }, present));

        Assert.Equal((PoolAction.Open, true, null), (opened.Action, opened.Opens, opened.Definition));
        Assert.Equal((PoolAction.Change, true, false), (both.Action, both.Opens, both.Definition!.Open));
        Assert.Equal("conflict", closed.Refusal!.Code);
    }

    [Fact]
    public void Flags_are_compared_and_sent()
    {
        var plan = Assert.Single(Plan(Entry() with { PodCidrs = true, NodeDeletionIsEvidence = true }, present));
        var kept = Assert.Single(Plan(
            Entry() with { BlockCooldownSeconds = 1 },
            present with { PodCidrs = true, NodeDeletionIsEvidence = true }));

        Assert.Equal(
            [new("podCIDRs", "false", "true"), new("nodeDeletionIsEvidence", "false", "true")], plan.Changes);
        Assert.Equal((true, true), (plan.Definition!.PodCidrs, plan.Definition.NodeDeletionIsEvidence));
        Assert.Equal((true, true), (kept.Definition!.PodCidrs, kept.Definition.NodeDeletionIsEvidence));
    }

    [Fact]
    public void Pools_that_the_file_does_not_name_are_left_alone()
    {
        var plan = Plan(Entry(), present, present with { Name = "old" });

        Assert.Equal([PoolAction.Unchanged, PoolAction.NotInFile], plan.Select(pool => pool.Action));
        Assert.DoesNotContain(plan, pool => pool.IsChange);
    }

    private static PoolEntry Entry() => new(1, 1) { Name = "pods", Cidr = "10.0.0.0/16" };

    private static IReadOnlyList<PlannedPool> Plan(PoolEntry entry, params PoolInfo[] pools) =>
        PoolPlanner.Plan([entry], pools, "why");
}
