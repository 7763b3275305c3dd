using Broker.Contracts.Routing;
using Broker.Server.Tls;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.Flows;

public sealed class StandingTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_that_names_another_Node_than_there_is_changes_nothing()
    {
        var node = await Broker.EnrolNodeAsync("standing-uid");
        var who = (await node.Api.WhoAmIAsync(Cancellation)).OrThrow();

        var wrong = await Broker.Operator.ChangeStandingAsync(
            ApiRoutes.NodeFence, node.Name, new("another-uid"), Cancellation);
        var right = (await Broker.Operator.ChangeStandingAsync(
            ApiRoutes.NodeQuarantine, node.Name, new(who.NodeUid, "looks odd"), Cancellation)).OrThrow();

        Assert.Equal("conflict", wrong.Problem!.Code);
        Assert.Equal("quarantined", right.Standing);
    }

    [Fact]
    public async Task A_body_that_is_not_announced_is_not_passed_over()
    {
        var node = await Broker.EnrolNodeAsync("standing-body");
        using var api = Broker.Raw(TestListener.People, Broker.OperatorCertificate);

        var answer = await api.SendAsync(
            "POST", "/v1/nodes/standing-body/fence", """{"seenUid":"another-uid"}"""u8.ToArray(), null, []);

        Assert.Equal("media_type", answer.Outcome);
        Assert.Equal("active", (await node.Api.WhoAmIAsync(Cancellation)).OrThrow().Standing);
    }

    [Fact]
    public async Task A_fence_ends_open_connections_and_refuses_the_next_request()
    {
        var node = await Broker.EnrolNodeAsync("standing-fence");
        using var raw = node.Raw();
        Assert.Equal("200", (await raw.SendAsync("GET", ApiRoutes.WhoAmI)).Outcome);
        var registry = Broker.Host.Services.GetRequiredService<ConnectionRegistry>();
        var before = registry.Abort(c => c.NodeName?.Value == "nobody", "never") + registry.Count;

        _ = (await Broker.Operator.ChangeStandingAsync(ApiRoutes.NodeFence, node.Name, new(), Cancellation)).OrThrow();

        await Eventually.HoldsAsync(
            "the connection is gone", () => Task.FromResult(registry.Count < before), TimeSpan.FromSeconds(10));
        Assert.Equal("node_fenced", await AskAsync(raw));
        _ = (await Broker.Operator.ChangeStandingAsync(ApiRoutes.NodeReadmit, node.Name, new(), Cancellation)).OrThrow();
        Assert.Equal("200", await AskAsync(raw));
    }

    [Fact]
    public async Task A_node_that_holds_blocks_cannot_be_retired()
    {
        _ = (await Broker.Operator.DefinePoolAsync("standing", new("10.30.0.0/16", Open: true), Cancellation)).OrThrow();
        var node = await Broker.EnrolNodeAsync("standing-retire");
        var block = (await node.Api.GrantBlocksAsync(new("standing-request"), Cancellation)).OrThrow().Blocks[0];

        var held = await Broker.Operator.ChangeStandingAsync(ApiRoutes.NodeRetire, node.Name, new(), Cancellation);
        _ = (await node.Api.ReleaseBlockAsync(block.Block, block.Generation, Cancellation)).OrThrow();
        var retired = (await Broker.Operator.ChangeStandingAsync(
            ApiRoutes.NodeRetire, node.Name, new(), Cancellation)).OrThrow();

        Assert.Equal("node_in_use", held.Problem!.Code);
        Assert.Equal("retired", retired.Standing);
    }

    [Fact]
    public async Task Who_held_an_address_is_told_for_now_and_for_any_time_before()
    {
        _ = (await Broker.Operator.DefinePoolAsync("held", new("10.31.0.0/16", Open: true), Cancellation)).OrThrow();
        var node = await Broker.EnrolNodeAsync("held-1");
        var lease = (await node.Api.GrantLeaseAsync(
            new("held-request-1", "net", "c1", "eth0", new("ns", "pod", "u"), null, ["held"]), Cancellation))
            .OrThrow().Leases[0];

        var now = (await Broker.Auditor.WhoHoldsAsync(lease.Address, null, Cancellation)).OrThrow();
        var then = (await Broker.Auditor.WhoHoldsAsync(lease.Address, lease.GrantedAt, Cancellation)).OrThrow();
        _ = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();
        var after = (await Broker.Auditor.WhoHoldsAsync(lease.Address, null, Cancellation)).OrThrow();
        var still = (await Broker.Auditor.WhoHoldsAsync(lease.Address, lease.GrantedAt, Cancellation)).OrThrow();
        var before = (await Broker.Auditor.WhoHoldsAsync(lease.Address, "2020-01-01T00:00:00Z", Cancellation)).OrThrow();
        var nobody = (await Broker.Auditor.WhoHoldsAsync("192.0.2.7", null, Cancellation)).OrThrow();

        Assert.Equal(("held-1", "pod", "bootstrap-token"), (now.Holder!.Node, now.Holder.Pod.Name, now.Holder.ApprovalRule));
        Assert.Equal(now.Holder, then.Holder);
        Assert.Null(after.Holder);
        Assert.NotNull(still.Holder!.ReleasedAt);
        Assert.Null(before.Holder);
        Assert.Equal(((string?)null, (string?)null), (nobody.Pool, nobody.Holder?.Node));
    }

    [Fact]
    public async Task A_forger_raises_one_alarm_also_when_it_breaks_off_at_once()
    {
        var forger = Broker.NewNode("forged");
        forger.Forge();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var quick = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
            while (true)
            {
                _ = await forger.Api.WhoAmIAsync(quick.Token);
            }
        });

        await Eventually.HoldsAsync("the alarm stands in the journal", HasAlarmAsync, TimeSpan.FromSeconds(10));
    }

    private async Task<bool> HasAlarmAsync()
    {
        var size = (await Broker.Auditor.WhoAmIAsync(Cancellation)).OrThrow().Ledger.Size;
        var alarms = 0;
        await foreach (var e in Broker.Auditor.Events(-1).ReadAsync(Cancellation))
        {
            alarms += e.Type == "alarm.raised" && e.Line.Contains("node/forged", StringComparison.Ordinal) ? 1 : 0;
            if (e.Position == size - 1)
            {
                break;
            }
        }

        Assert.InRange(alarms, 0, 1);
        return alarms == 1;
    }

    // The connection may be found broken once: it was ended in the midst.
    private static async Task<string> AskAsync(RawApi api)
    {
        try
        {
            return (await api.SendAsync("GET", ApiRoutes.WhoAmI)).Outcome;
        }
        catch (HttpRequestException)
        {
            return (await api.SendAsync("GET", ApiRoutes.WhoAmI)).Outcome;
        }
    }
}
