using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Broker.Server.Telemetry;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Broker.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.Telemetry;

public sealed partial class MetricsTest : IAsyncLifetime
{
    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public void The_table_of_metrics_is_what_the_program_has()
    {
        var own = _broker.Host.Services.GetRequiredService<BrokerMetrics>().Meter;
        var found = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter, own))
            {
                found.Add($"{instrument.Name} {KindOf(instrument)} {instrument.Unit} {instrument.Description}");
            }
        };
        listener.Start();

        var text = File.ReadAllText(RepositoryRoot.Full("src/Broker.Server/METRICS.md"));
        var rows = Row().Matches(text).Select(row => string.Join(' ', row.Groups.Values.Skip(1)));
        Assert.Equal(rows.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_happened_is_counted_and_names_no_node_and_no_pod()
    {
        _ = (await _broker.Operator.DefinePoolAsync(
            "metered", new("10.50.0.0/16", Open: true), Cancellation)).OrThrow();
        var node = await _broker.EnrolNodeAsync("metered-node");
        var block = (await node.Api.GrantBlocksAsync(new("metrics-1", ["metered"]), Cancellation)).OrThrow().Blocks[0];
        _ = (await node.Api.GrantLeaseAsync(
            new("metrics-2", "n", "c", "eth0", new("ns", "metered-pod", "uid-1")), Cancellation)).OrThrow();
        Assert.NotNull((await node.Api.ReleaseBlockAsync(block.Block, block.Generation, Cancellation)).Problem);

        var before = await ScrapeAsync();
        _ = (await node.Api.ReleaseLeaseAsync("n", "c", "eth0", Cancellation)).OrThrow();
        _ = (await node.Api.ReleaseBlockAsync(block.Block, block.Generation, Cancellation)).OrThrow();
        var after = await ScrapeAsync();

        Assert.Equal(1, before["broker_grants_total{what=\"block\"}"]);
        Assert.Equal(1, before["broker_grants_total{what=\"lease\"}"]);
        Assert.Equal(1, before["broker_refusals_total{code=\"block_in_use\"}"]);
        Assert.Equal(1, before["broker_pool_blocks{pool=\"metered\",state=\"live\"}"]);
        Assert.Equal(0, before["broker_pool_blocks{pool=\"metered\",state=\"cooling\"}"]);
        Assert.Equal(1024, before["broker_pool_blocks_limit{pool=\"metered\"}"]);
        Assert.Equal(1, before["broker_pool_leases{pool=\"metered\"}"]);
        Assert.Equal(0, after["broker_pool_leases{pool=\"metered\"}"]);
        Assert.Equal(0, after["broker_pool_blocks{pool=\"metered\",state=\"live\"}"]);
        Assert.Equal(1, after["broker_pool_blocks{pool=\"metered\",state=\"cooling\"}"]);
        Assert.Equal(1, after["broker_releases_total{what=\"lease\"}"]);
        Assert.Equal(1, after["broker_releases_total{what=\"block\"}"]);
        Assert.Equal(_broker.Host.Writer.Durable.Size, after["broker_journal_events"]);
        Assert.Equal(_broker.Host.Writer.Durable.Epoch, after["broker_journal_epoch"]);
        Assert.True(after["broker_command_duration_seconds_count{command=\"GrantLease\"}"] >= 1);
        Assert.True(after["broker_commit_duration_seconds_count"] >= 4);
        Assert.True(after["broker_batch_events_sum"] >= 6);
        Assert.True(after["broker_connections"] >= 2);
        Assert.True(
            after["broker_certificate_not_after_seconds{certificate=\"server\"}"]
            > TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.Contains(after.Keys, key => key.StartsWith("http_server_request_duration", StringComparison.Ordinal));
        Assert.Contains(after.Keys, key => key.StartsWith("dotnet_", StringComparison.Ordinal));
        Assert.DoesNotContain(
            after.Keys, key => key.Contains("metered-node", StringComparison.Ordinal)
                || key.Contains("metered-pod", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restart_counts_anew_and_knows_what_is_live()
    {
        _ = (await _broker.Operator.DefinePoolAsync("kept", new("10.51.0.0/16", Open: true), Cancellation)).OrThrow();
        var node = await _broker.EnrolNodeAsync("metered-again");
        _ = (await node.Api.GrantBlocksAsync(new("metrics-3", ["kept"]), Cancellation)).OrThrow();

        await _broker.RestartAsync();

        var after = await ScrapeAsync();
        Assert.Equal(1, after["broker_pool_blocks{pool=\"kept\",state=\"live\"}"]);
        Assert.DoesNotContain("broker_grants_total{what=\"block\"}", after.Keys);
    }

    [Fact]
    public async Task An_open_stream_is_counted_until_it_is_closed()
    {
        using (await _broker.Raw(TestListener.People, _broker.AuditorCertificate).OpenAsync("/v1/events"))
        {
            Assert.Equal(1, (await ScrapeAsync())["broker_streams"]);
        }

        await Eventually.HoldsAsync(
            "the stream is gone",
            async () => (await ScrapeAsync())["broker_streams"] == 0,
            TimeSpan.FromSeconds(20));
    }

    private async Task<IReadOnlyDictionary<string, double>> ScrapeAsync()
    {
        var answer = await _broker.Raw(TestListener.Health).SendAsync("GET", "/metrics");
        Assert.Equal("200", answer.Outcome);
        Assert.Equal("text/plain", answer.ContentType);
        return answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => Line().Match(line))
            .ToDictionary(
                line => Scope().Replace(line.Groups[1].Value, string.Empty).Replace("{}", string.Empty),
                line => double.Parse(line.Groups[2].Value.Replace("+Inf", "Infinity"), CultureInfo.InvariantCulture));
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        "ObservableGauge" => "gauge",
        var other => other,
    };

    [GeneratedRegex(@"^\| `([a-z._]+)` \| ([a-z]+) \| `([^`]+)` \|[^|]*\| ([^|]+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^(\w+(?:\{.*\})?) (\S+)(?: \d+)?$")]
    private static partial Regex Line();

    [GeneratedRegex("otel_scope_[a-z_]+=\"[^\"]*\",?")]
    private static partial Regex Scope();
}
