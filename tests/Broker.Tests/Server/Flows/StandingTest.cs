using Broker.Client;
using Broker.Contracts.Nodes;
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
        var right = await ChangeAsync(ApiRoutes.NodeQuarantine, node.Name, new(who.NodeUid, "looks odd"));

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
        var before = registry.Count;

        _ = await ChangeAsync(ApiRoutes.NodeFence, node.Name, new());

        await Eventually.HoldsAsync(
            "the connection is gone", () => Task.FromResult(registry.Count < before), TimeSpan.FromSeconds(10));
        Assert.Equal("node_fenced", await AskAsync(raw));
        _ = await ChangeAsync(ApiRoutes.NodeReadmit, node.Name, new());
        Assert.Equal("200", await AskAsync(raw));
    }

    [Fact]
    public async Task A_node_that_holds_blocks_cannot_be_retired()
    {
        await PoolAsync("standing", "10.30.0.0/16");
        var node = await Broker.EnrolNodeAsync("standing-retire");
        var block = (await node.Api.GrantBlocksAsync(new("standing-request"), Cancellation)).OrThrow().Blocks[0];

        var held = await Broker.Operator.ChangeStandingAsync(ApiRoutes.NodeRetire, node.Name, new(), Cancellation);
        _ = (await node.Api.ReleaseBlockAsync(block.Block, block.Generation, Cancellation)).OrThrow();
        var retired = await ChangeAsync(ApiRoutes.NodeRetire, node.Name, new());

        Assert.Equal("node_in_use", held.Problem!.Code);
        Assert.Equal("retired", retired.Standing);
    }

    [Fact]
    public async Task A_forger_raises_one_alarm_however_often_it_asks()
    {
        var forger = Broker.NewNode("forged");
        forger.Forge();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("unwitnessed", (await forger.Api.WhoAmIAsync(Cancellation)).Problem!.Code);
        }

        var alarms = await CountAsync(e => e.Type == "alarm.raised");

        Assert.Equal(1, alarms);
    }

    private async Task<NodeInfo> ChangeAsync(string route, string node, StandingRequest body) =>
        (await Broker.Operator.ChangeStandingAsync(route, node, body, Cancellation)).OrThrow();

    private async Task PoolAsync(string name, string cidr) =>
        _ = (await Broker.Operator.DefinePoolAsync(name, new(cidr, Open: true), Cancellation)).OrThrow();

    private async Task<int> CountAsync(Func<StreamedEvent, bool> counts)
    {
        var size = (await Broker.Auditor.WhoAmIAsync(Cancellation)).OrThrow().Ledger.Size;
        var count = 0;
        await foreach (var e in Broker.Auditor.Events(-1).ReadAsync(Cancellation))
        {
            count += counts(e) ? 1 : 0;
            if (e.Position == size - 1)
            {
                break;
            }
        }

        return count;
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
