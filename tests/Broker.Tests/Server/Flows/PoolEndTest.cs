using Broker.Contracts.Addresses;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Flows;

public sealed class PoolEndTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_is_drained_emptied_and_retired_and_what_was_in_it_is_still_told()
    {
        _ = (await Broker.Operator.DefinePoolAsync(
            "leaving", new("10.71.0.0/24", BlockCooldownSeconds: 0, AddressCooldownSeconds: 0, Open: true),
            Cancellation)).OrThrow();
        var node = await Broker.EnrolNodeAsync("leaving-node");
        var lease = (await node.Api.GrantLeaseAsync(
            new("request-leaving-1", "net", "c1", "eth0", Pools: ["leaving"]), Cancellation)).OrThrow().Leases.Single();

        Assert.True((await Broker.Operator.DrainPoolAsync(
            "leaving", new(), Cancellation, dryRun: true)).OrThrow().Drained);
        Assert.True((await Broker.Operator.ReadPoolAsync("leaving", Cancellation)).OrThrow().Open);
        var drained = (await Broker.Operator.DrainPoolAsync("leaving", new("moving"), Cancellation)).OrThrow();
        Assert.Equal((false, true), (drained.Open, drained.Drained));

        var refused = await node.Api.GrantLeaseAsync(
            new("request-leaving-2", "net", "c2", "eth0", Pools: ["leaving"]), Cancellation);
        Assert.Equal("pool_drained", refused.Problem!.Code);
        var early = (await Broker.Operator.RetirePoolAsync("leaving", new(), Cancellation)).Problem!;
        Assert.Equal("pool_in_use", early.Code);
        Assert.Contains(lease.Block, early.Detail, StringComparison.Ordinal);
        var waits = (await Broker.Auditor.ListBlocksWaitingAsync(Cancellation)).OrThrow().Blocks;
        Assert.Equal(
            ("leases", "leaving-node", 1L, null),
            waits.Where(wait => wait.Block == lease.Block).Select(wait =>
                (wait.WaitsFor, wait.Node, wait.Leases, wait.SecondsLeft)).Single());

        _ = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();
        _ = (await node.Api.ReleaseBlockAsync(lease.Block, lease.Generation, Cancellation)).OrThrow();
        _ = (await Broker.Operator.RetirePoolAsync("leaving", new("moved"), Cancellation)).OrThrow();

        Assert.Equal(
            "pool_unknown", (await Broker.Operator.ReadPoolAsync("leaving", Cancellation)).Problem!.Code);
        Assert.Null((await WhoAsync(lease.Address, null)).Pool);
        var then = await WhoAsync(lease.Address, lease.GrantedAt);
        Assert.Equal("leaving", then.Pool);
        _ = (await Broker.Operator.DefinePoolAsync("leaving", new("10.71.0.0/25", Open: true), Cancellation)).OrThrow();
        Assert.Equal("leaving", (await WhoAsync(lease.Address, null)).Pool);
    }

    private async Task<AddressAnswer> WhoAsync(string address, string? at) =>
        (await Broker.Auditor.WhoHoldsAsync(address, at, Cancellation)).OrThrow();
}
