using Broker.Agent.Blocks;
using Broker.Agent.Hosting;
using Broker.Client;
using Broker.Contracts.Routing;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Agent;

/// <summary><c>broker-agent blocks</c> against a broker.</summary>
public sealed class BlocksRunTest : IAsyncLifetime
{
    private readonly TempFolder _temp = new();
    private readonly List<string> _said = [];
    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => _temp["request"];

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _temp.Dispose();
    }

    [Fact]
    public async Task It_asks_once_and_says_the_same_again()
    {
        await DefineAsync(open: true);
        var node = await _broker.EnrolNodeAsync("agent-a");

        var first = await RunAsync(node);
        var again = await RunAsync(node);

        Assert.Equal(["10.62.0.0/24", "fd62::/64"], first);
        Assert.Equal(first, again);
        Assert.Equal(2, (await _broker.Operator.ListBlocksAsync(Cancellation)).OrThrow().Blocks.Count);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_with_the_same_id()
    {
        await DefineAsync(open: true);
        var node = await _broker.EnrolNodeAsync("agent-b");
        var id = new RequestFile(File).Take();
        _ = (await node.Api.GrantBlocksAsync(new(id), Cancellation)).OrThrow();

        Assert.Equal(["10.62.0.0/24", "fd62::/64"], await RunAsync(node));
        Assert.Equal(id, new RequestFile(File).Take());
        Assert.True((await node.Api.GrantBlocksAsync(new(id), Cancellation)).OrThrow().Repeated);
    }

    [Fact]
    public async Task After_its_blocks_were_reclaimed_it_asks_anew()
    {
        await DefineAsync(open: true);
        var node = await _broker.EnrolNodeAsync("agent-c");
        _ = await RunAsync(node);
        foreach (var block in (await _broker.Operator.ListBlocksAsync(Cancellation)).OrThrow().Blocks)
        {
            _ = (await _broker.Operator.ReclaimBlockAsync(
                block.Block, new(block.Generation, "machine_off"), Cancellation)).OrThrow();
        }

        Assert.Equal("node_fenced", (await Assert.ThrowsAsync<AgentFailureException>(() => RunAsync(node))).Code);
        _ = (await _broker.Operator.ChangeStandingAsync(
            ApiRoutes.NodeReadmit, node.Name, new(), Cancellation)).OrThrow();

        Assert.Equal(["10.62.1.0/24", "fd62:0:0:1::/64"], await RunAsync(node));
    }

    [Fact]
    public async Task What_passes_is_waited_for_and_what_does_not_is_told()
    {
        await DefineAsync(open: false);
        var node = await _broker.EnrolNodeAsync("agent-d");
        var running = RunAsync(node, TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync("it waits", () => Task.FromResult(_said.Count > 0), TimeSpan.FromSeconds(30));
        foreach (var pool in new[] { "v4", "v6" })
        {
            _ = (await _broker.Operator.OpenPoolAsync(pool, new(), Cancellation)).OrThrow();
        }

        Assert.Equal(2, (await running).Count);
        Assert.StartsWith("pool_adopting: ", _said[0], StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File, "two words\n", Cancellation);
        Assert.Equal(
            "request_file_taken",
            (await Assert.ThrowsAsync<AgentFailureException>(
                async () => await RunAsync(await _broker.EnrolNodeAsync("agent-e")))).Code);
    }

    private async Task DefineAsync(bool open)
    {
        foreach (var (name, cidr) in new[] { ("v4", "10.62.0.0/16"), ("v6", "fd62::/48") })
        {
            _ = (await _broker.Operator.DefinePoolAsync(
                name, new(cidr, PodCidrs: true, Open: open), Cancellation)).OrThrow();
        }
    }

    private async Task<IReadOnlyList<string>> RunAsync(TestNode node, TimeSpan wait = default)
    {
        var endpoint = new BrokerEndpoint(
            _broker.AddressOf(TestListener.Node), _broker.Anchors, node.Certificate);
        var run = new BlocksRun(
            new BlocksPlan(endpoint, File, wait), node.Api, TimeProvider.System, _said.Add);
        return [.. (await run.RunAsync(Cancellation)).Select(block => block.Block)];
    }
}
