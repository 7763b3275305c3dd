using Broker.Contracts.Blocks;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Flows;

/// <summary>An operator's word that a machine is off, over the wire.</summary>
public sealed class ReclaimTest : IAsyncLifetime
{
    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task A_block_with_more_leases_than_one_commit_takes_ends_whole_and_its_node_is_fenced_first()
    {
        _ = (await _broker.Operator.DefinePoolAsync(
            "wide", new("10.70.0.0/20", BlockPrefixLength: 22, Open: true), Cancellation)).OrThrow();
        var node = await _broker.EnrolNodeAsync("off-node");
        for (var i = 0; i < 150; i++)
        {
            _ = (await node.Api.GrantLeaseAsync(
                new($"reclaim-{i:d6}", "net", $"container-{i}", "eth0", null, null, ["wide"]), Cancellation)).OrThrow();
        }

        var block = (await node.Api.ListBlocksAsync(Cancellation)).OrThrow().Blocks.Single();
        var body = new BlockReclaimRequest(block.Generation, "machine_off", block.NodeUid, "it burns");
        var tried = (await _broker.Operator.ReclaimBlockAsync(block.Block, body, Cancellation, dryRun: true)).OrThrow();
        var done = (await _broker.Operator.ReclaimBlockAsync(block.Block, body, Cancellation)).OrThrow();
        var again = (await _broker.Operator.ReclaimBlockAsync(block.Block, body, Cancellation)).OrThrow();

        Assert.Equal((true, true, 150L), (tried.Reclaimed, tried.Fenced, tried.LeasesEnded));
        Assert.Equal((true, true, 150L), (done.Reclaimed, done.Fenced, done.LeasesEnded));
        Assert.Equal((false, false, 0L), (again.Reclaimed, again.Fenced, again.LeasesEnded));
        Assert.Empty((await _broker.Operator.ListLeasesAsync(Cancellation)).OrThrow().Leases);
        Assert.Equal("node_fenced", (await node.Api.WhoAmIAsync(Cancellation)).Problem!.Code);
        var pool = (await _broker.Operator.ReadPoolAsync("wide", Cancellation)).OrThrow();
        Assert.Equal((0L, 1L), (pool.BlocksLive, pool.BlocksCooling));
    }

    [Theory]
    [InlineData("10.71.0.0/26", 0L, "machine_off", null, "conflict")]
    [InlineData("10.71.0.0/26", null, "machine_off", "another-uid", "conflict")]
    [InlineData("10.71.0.0/26", 999_999L, "machine_off", null, "generation_stale")]
    [InlineData("10.71.0.0/27", null, "machine_off", null, "block_unknown")]
    [InlineData("10.71.0.0/26", null, "silence", null, "invalid_field")]
    [InlineData("10.71.0.1/26", null, "machine_off", null, "invalid_field")]
    public async Task What_is_not_as_the_operator_saw_it_is_refused_and_nothing_moves(
        string cidr, long? generation, string evidence, string? uid, string code)
    {
        _ = (await _broker.Operator.DefinePoolAsync(
            "small", new("10.71.0.0/24", Open: true), Cancellation)).OrThrow();
        var node = await _broker.EnrolNodeAsync("on-node");
        var block = (await node.Api.GrantBlocksAsync(new("reclaim-blocks", ["small"]), Cancellation))
            .OrThrow().Blocks.Single();

        var refused = await _broker.Operator.ReclaimBlockAsync(
            cidr, new(generation ?? block.Generation, evidence, uid), Cancellation);

        Assert.Equal(code, refused.Problem!.Code);
        Assert.Equal(block, (await node.Api.ListBlocksAsync(Cancellation)).OrThrow().Blocks.Single());
    }
}
