using System.Text.Json;
using Broker.Contracts;
using Broker.Contracts.Pools;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Broker.Tests.Server;
using Xunit;

namespace Broker.Tests.Cli;

public sealed class CtlBrokerTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>, IDisposable
{
    private readonly CtlShell _shell = new();

    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_refusal_of_the_broker_is_a_code_a_sentence_and_what_to_do()
    {
        var result = await RunAsync("pools", "show", "nowhere");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith(
            "brokerctl: pool_unknown: There is no pool of this name.", result.Errors, StringComparison.Ordinal);
        Assert.Contains("\n  List the pools", result.Errors, StringComparison.Ordinal);
        Assert.Contains("brokerctl explain pool_unknown", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_tells_holder_last_holder_and_nobody()
    {
        await PoolAsync("who", "10.51.0.0/16");
        var node = await Broker.EnrolNodeAsync("who-1");
        var lease = (await node.Api.GrantLeaseAsync(
            new("who-request", "net", "c1", "eth0", new("ns", "pod", "u"), null, ["who"]), Cancellation))
            .OrThrow().Leases[0];

        var held = await RunAsync("who", lease.Address);
        _ = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();
        var free = await RunAsync("who", lease.Address);
        var then = await RunAsync("who", lease.Address, "--at", lease.GrantedAt);
        var outside = await RunAsync("who", "192.0.2.9");
        var json = await RunAsync("who", lease.Address, "-o", "json");

        Assert.StartsWith(
            $"{lease.Address} is held by pod ns/pod on node who-1.", held.Output, StringComparison.Ordinal);
        Assert.Contains("request who-request", held.Output, StringComparison.Ordinal);
        Assert.Contains("by rule bootstrap-token", held.Output, StringComparison.Ordinal);
        Assert.StartsWith(
            $"Nobody holds {lease.Address}: it is free, in block", free.Output, StringComparison.Ordinal);
        Assert.Contains("nobody since", free.Output, StringComparison.Ordinal);
        Assert.Contains("by its node who-1", free.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{lease.Address} was held at {lease.GrantedAt}", then.Output, StringComparison.Ordinal);
        Assert.Contains("it lies in no pool of this ledger", outside.Output, StringComparison.Ordinal);
        var answer = JsonSerializer.Deserialize(json.Output, BrokerJson.Default.AddressAnswer)!;
        Assert.Equal(("free", "who-1"), (answer.Status, answer.Last!.Node));
    }

    [Fact]
    public async Task Who_takes_any_spelling_of_an_address_and_any_form_of_time()
    {
        Assert.Equal(0, (await RunAsync("who", "FD00:0::1")).ExitCode);
        Assert.Equal(0, (await RunAsync("who", "fd00::1", "--at", "now")).ExitCode);
        Assert.Contains(
            "before the ledger", (await RunAsync("who", "fd00::1", "--at", "2020-01-01")).Errors,
            StringComparison.Ordinal);
        Assert.Contains(
            "time_invalid", (await RunAsync("who", "fd00::1", "--at", "soon")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_end_at_the_end_and_begin_where_they_are_told()
    {
        await PoolAsync("events", "10.52.0.0/16");
        var all = await RunAsync("events", "-o", "json");
        var last = await RunAsync("events", "--last", "2", "-o", "json");
        var after = await RunAsync("events", "--after", "0", "--type", "pool", "-o", "csv");
        var none = await RunAsync("events", "--type", "ledger.sealed");

        var lines = all.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith(
            """{"position":0,"event":{"v":1,"type":"ledger.created",""", lines[0], StringComparison.Ordinal);
        Assert.Equal(2, last.Output.TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("position,at,type,subject,actor,event\n", after.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger.created", after.Output, StringComparison.Ordinal);
        Assert.Contains("pool.defined,pool/events", after.Output, StringComparison.Ordinal);
        Assert.Equal((0, "There is no such event.\n"), (none.ExitCode, none.Errors));
    }

    [Fact]
    public async Task A_token_is_alone_on_standard_output()
    {
        var issued = await RunAsync("tokens", "issue", "--node", "ctl-1", "--ttl", "30m", "--reason", "test");
        var id = issued.Output.Split('.')[0];
        var revoked = await RunAsync("tokens", "revoke", id);
        var list = await RunAsync("tokens", "list");

        Assert.Matches("^[a-z0-9]{6}\\.[a-z0-9]{16}\n$", issued.Output);
        Assert.Contains("It is not shown again.", issued.Errors, StringComparison.Ordinal);
        Assert.Equal($"Token {id} is revoked.\n", revoked.Output);
        Assert.Matches($"{id} +revoked +ctl-1", list.Output);
    }

    [Fact]
    public async Task A_standing_is_changed_with_a_reason()
    {
        _ = await Broker.EnrolNodeAsync("ctl-2");

        var fenced = await RunAsync("nodes", "fence", "ctl-2", "--reason", "odd");
        var shown = await RunAsync("nodes", "show", "ctl-2");
        var readmitted = await RunAsync("nodes", "readmit", "ctl-2", "-o", "json");

        Assert.Equal("ctl-2 is fenced.\n", fenced.Output);
        Assert.Contains("fenced", shown.Output, StringComparison.Ordinal);
        Assert.Equal("active", JsonSerializer.Deserialize(readmitted.Output, BrokerJson.Default.NodeInfo)!.Standing);
    }

    [Fact]
    public async Task A_follower_goes_on_over_a_restart_and_misses_nothing()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var follower = TestProcess.StartDotnet(
            typeof(Broker.Cli.Hosting.CtlRoot).Assembly.Location,
            ["events", "--follow", "--after", "-1", "-o", "json", "--context", broker.Folder]);
        _ = await follower.WaitForLineAsync(Has("ledger.led"), TimeSpan.FromSeconds(30));

        await broker.RestartAsync();
        _ = (await broker.Operator.DefinePoolAsync("later", new("10.53.0.0/16"), Cancellation)).OrThrow();
        _ = await follower.WaitForLineAsync(Has("pool.defined"), TimeSpan.FromSeconds(30));

        var positions = follower.Output
            .Where(line => line.StartsWith("{\"position\":", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("position").GetInt64())
            .ToList();
        Assert.Equal(Enumerable.Range(0, positions.Count).Select(n => (long)n), positions);
        Assert.Contains(follower.Errors, line => line.Contains("asking again", StringComparison.Ordinal));
    }

    private static Func<string, bool> Has(string text) => line => line.Contains(text, StringComparison.Ordinal);

    private Task<CtlResult> RunAsync(params string[] arguments) =>
        _shell.RunAsync([.. arguments, "--context", Broker.Folder]);

    private async Task PoolAsync(string name, string cidr) =>
        _ = (await Broker.Operator.DefinePoolAsync(name, new PoolDefinition(cidr, Open: true), Cancellation)).OrThrow();
}
