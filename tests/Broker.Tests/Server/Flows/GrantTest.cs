using Broker.Contracts.Blocks;
using Broker.Contracts.Leases;
using Broker.Contracts.Pools;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Flows;

public sealed class GrantTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_block_is_granted_once_a_request_and_listed_to_its_own_node()
    {
        await PoolAsync("blocks-a", "10.20.0.0/16");
        var (node, other) = (await Broker.EnrolNodeAsync("blocks-1"), await Broker.EnrolNodeAsync("blocks-2"));
        var request = new BlocksRequest("blocks-request-1", ["blocks-a"]);

        var granted = (await node.Api.GrantBlocksAsync(request, Cancellation)).OrThrow();
        var again = (await node.Api.GrantBlocksAsync(request, Cancellation)).OrThrow();
        var lease = await node.Api.GrantLeaseAsync(
            new("blocks-request-1", "net", "c", "eth0", null, null, ["blocks-a"]), Cancellation);
        var others = (await other.Api.ListBlocksAsync(Cancellation)).OrThrow();

        Assert.False(granted.Repeated);
        Assert.True(again.Repeated);
        Assert.Equal(granted.Blocks.Select(block => block.Block), again.Blocks.Select(block => block.Block));
        Assert.Equal("conflict", lease.Problem!.Code);
        Assert.Empty(others.Blocks);
        Assert.Single((await Broker.Auditor.ListBlocksAsync(Cancellation)).OrThrow().Blocks, b => b.Node == "blocks-1");
    }

    [Fact]
    public async Task A_block_is_given_back_by_its_node_by_its_generation_and_only_empty()
    {
        await PoolAsync("back", "10.21.0.0/16");
        var (node, other) = (await Broker.EnrolNodeAsync("back-1"), await Broker.EnrolNodeAsync("back-2"));
        var block = (await node.Api.GrantBlocksAsync(new("back-request-1", ["back"]), Cancellation))
            .OrThrow().Blocks[0];
        _ = (await node.Api.GrantLeaseAsync(
            new("back-request-2", "net", "c1", "eth0", null, null, ["back"]), Cancellation)).OrThrow();

        var inUse = await node.Api.ReleaseBlockAsync(block.Block, block.Generation, Cancellation);
        var foreign = await other.Api.ReleaseBlockAsync(block.Block, block.Generation, Cancellation);
        _ = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();
        var stale = await node.Api.ReleaseBlockAsync(block.Block, block.Generation - 1, Cancellation);
        var released = (await node.Api.ReleaseBlockAsync(block.Block, block.Generation, Cancellation)).OrThrow();

        Assert.Equal("block_in_use", inUse.Problem!.Code);
        Assert.True(foreign.Problem is not null || foreign.Answer is { Released: false });
        Assert.True(stale.Problem?.Code == "generation_stale" || stale.Answer is { Released: false });
        Assert.True(released.Released);
        Assert.Empty((await node.Api.ListBlocksAsync(Cancellation)).OrThrow().Blocks);
    }

    [Fact]
    public async Task A_lease_of_both_families_is_given_once_a_request_and_ended_by_its_own_attachment()
    {
        await PoolAsync("dual4", "10.22.0.0/16");
        await PoolAsync("dual6", "fd22::/64");
        var (node, other) = (await Broker.EnrolNodeAsync("lease-1"), await Broker.EnrolNodeAsync("lease-2"));
        var request = new LeaseRequest(
            "lease-request-1", "net", "c1", "eth0", new("ns", "pod", "uid-1"), ["ipv4", "ipv6"], ["dual4", "dual6"]);

        var granted = (await node.Api.GrantLeaseAsync(request, Cancellation)).OrThrow();
        var again = (await node.Api.GrantLeaseAsync(request, Cancellation)).OrThrow();
        var conflict = await node.Api.GrantLeaseAsync(request with { RequestId = "lease-request-2" }, Cancellation);
        var foreign = (await other.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();
        var mine = (await node.Api.ListLeasesAsync(Cancellation)).OrThrow();
        var released = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();
        var twice = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();

        Assert.Equal(2, granted.Leases.Count);
        Assert.Equal(granted.Leases.Select(l => l.Address), again.Leases.Select(l => l.Address));
        Assert.True(again.Repeated);
        Assert.Equal("conflict", conflict.Problem!.Code);
        Assert.Empty(foreign.Released);
        Assert.Equal(2, mine.Leases.Count);
        Assert.Equal(granted.Leases.Select(l => l.Address).Order(), released.Released.Order());
        Assert.Empty(twice.Released);
    }

    [Fact]
    public async Task A_release_that_overtook_its_grant_wins()
    {
        await PoolAsync("tomb", "10.23.0.0/16");
        var node = await Broker.EnrolNodeAsync("tomb-1");

        var unknown = (await node.Api.ReleaseLeaseAsync("net", "late", "eth0", Cancellation)).OrThrow();
        var granted = await node.Api.GrantLeaseAsync(
            new("tomb-request-1", "net", "late", "eth0", null, null, ["tomb"]), Cancellation);

        Assert.Empty(unknown.Released);
        Assert.Equal("request_ended", granted.Problem!.Code);
    }

    [Fact]
    public async Task A_pool_is_defined_once_and_changed_where_it_may_and_overlaps_no_other()
    {
        var spec = new PoolDefinition("10.24.0.0/16", Open: true);
        var defined = (await Broker.Operator.DefinePoolAsync("pools-a", spec, Cancellation)).OrThrow();
        var again = (await Broker.Operator.DefinePoolAsync("pools-a", spec, Cancellation)).OrThrow();
        var changed = (await Broker.Operator.DefinePoolAsync(
            "pools-a", spec with { BlocksPerNodeMax = 1 }, Cancellation)).OrThrow();
        var other = await Broker.Operator.DefinePoolAsync("pools-a", spec with { Network = "flat" }, Cancellation);
        var overlap = await Broker.Operator.DefinePoolAsync(
            "pools-b", spec with { Cidr = "10.24.128.0/17" }, Cancellation);

        Assert.Equal(defined.Position, again.Position);
        Assert.Equal(1, changed.BlocksPerNodeMax);
        Assert.True(changed.Position > defined.Position);
        Assert.Equal("pool_change_refused", other.Problem!.Code);
        Assert.Equal("pool_overlaps", overlap.Problem!.Code);
        Assert.Contains("pools-a", overlap.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_is_not_open_grants_nothing()
    {
        var spec = new PoolDefinition("10.25.0.0/16");
        _ = (await Broker.Operator.DefinePoolAsync("adopting", spec, Cancellation)).OrThrow();
        var node = await Broker.EnrolNodeAsync("adopting-1");
        using var api = Broker.Raw(TestListener.People, Broker.OperatorCertificate);

        var before = await node.Api.GrantBlocksAsync(new("adopting-request", ["adopting"]), Cancellation);
        var opened = await api.SendAsync("POST", "/v1/pools/adopting/open");
        var after = await node.Api.GrantBlocksAsync(new("adopting-request", ["adopting"]), Cancellation);

        Assert.Equal("pool_adopting", before.Problem!.Code);
        Assert.Equal("200", opened.Outcome);
        Assert.Single(after.OrThrow().Blocks);
    }

    private async Task PoolAsync(string name, string cidr) =>
        _ = (await Broker.Operator.DefinePoolAsync(name, new(cidr, Open: true), Cancellation)).OrThrow();
}
