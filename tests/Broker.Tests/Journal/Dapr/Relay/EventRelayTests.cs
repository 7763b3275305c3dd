using System.Text;
using System.Text.Json;
using Broker.Journal.Dapr.Relay;
using Broker.Journal.Reading;
using Broker.Journal.Tree;
using Broker.Testing.Dapr;
using Broker.Tests.Journal.Writing;
using Xunit;

namespace Broker.Tests.Journal.Dapr.Relay;

/// <summary>The journal goes out in order, at least once, and a subscriber makes each event once of it.</summary>
public sealed class EventRelayTests
{
    private const int Commands = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_goes_out_in_order_whatever_fails_meanwhile()
    {
        await using var fixture = await FilledAsync();
        var outlet = new MemoryOutlet { FailsBefore = call => call % 4 == 1, FailsAfter = call => call % 4 == 3 };

        await RelayAsync(fixture, outlet, fixture.Writer.Durable.Size);

        var subscriber = new SampleSubscriber((from, to) => throw new InvalidOperationException("Nothing is missing."));
        foreach (var envelope in outlet.Published)
        {
            await subscriber.TakeAsync(envelope);
        }

        Assert.Equal(await LinesAsync(fixture), subscriber.Events);
        Assert.True(subscriber.Repeats > 0);
    }

    [Fact]
    public async Task The_next_relay_goes_on_from_the_cursor_and_an_old_cursor_only_repeats()
    {
        await using var fixture = await FilledAsync();
        var outlet = new MemoryOutlet();
        await RelayAsync(fixture, outlet, fixture.Writer.Durable.Size);
        Assert.Equal(fixture.Writer.Durable.Size, outlet.Cursor);
        var before = outlet.Published.Count;
        _ = await fixture.IssueAsync(Commands);

        await RelayAsync(fixture, outlet, fixture.Writer.Durable.Size);
        Assert.Equal(before + 1, outlet.Published.Count);
        outlet.Cursor = 5;
        await RelayAsync(fixture, outlet, fixture.Writer.Durable.Size);
        Assert.Equal(fixture.Writer.Durable.Size - 5, outlet.Published.Count - before - 1);
    }

    [Fact]
    public async Task A_subscriber_that_misses_something_reads_it_from_the_broker()
    {
        await using var fixture = await FilledAsync();
        var outlet = new MemoryOutlet();
        await RelayAsync(fixture, outlet, fixture.Writer.Durable.Size);
        var lines = await LinesAsync(fixture);
        var subscriber = new SampleSubscriber((from, to) => Task.FromResult<IReadOnlyList<string>>(
            [.. lines.Skip((int)from).Take((int)(to - from))]));
        foreach (var envelope in outlet.Published.Where((_, i) => i is not (3 or 4)))
        {
            await subscriber.TakeAsync(envelope);
        }

        Assert.Equal(1, subscriber.Gaps);
        Assert.Equal(lines, subscriber.Events);
    }

    [Fact]
    public async Task A_grant_is_answered_while_nobody_takes_events()
    {
        await using var fixture = await FilledAsync();
        using var relay = EventRelay.Over(
            fixture.Writer, new MemoryOutlet { FailsBefore = _ => true }, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = relay.RunAsync(stop.Token);
        await WriterFixture.UntilAsync(() => relay.Failures > 0);

        Assert.True((await fixture.IssueAsync(Commands)).Refusal is null);
        Assert.Equal(fixture.Writer.Durable.Size, relay.Lag);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task An_envelope_is_a_CloudEvent_with_the_leaf_as_it_is()
    {
        await using var fixture = await FilledAsync();
        var line = await JournalReader.ReadAsync(fixture.Store, 0, 1, Token).FirstAsync(Token);

        using var json = JsonDocument.Parse(CloudEvent.Encode("ipam.example.org/test", line));

        var root = json.RootElement;
        Assert.Equal("1.0", root.GetProperty("specversion").GetString());
        Assert.Equal("0", root.GetProperty("id").GetString());
        Assert.Equal("//ipam.example.org/test", root.GetProperty("source").GetString());
        Assert.Equal("broker.ledger.created.v1", root.GetProperty("type").GetString());
        Assert.Equal("ledger", root.GetProperty("subject").GetString());
        Assert.Equal(new string('0', 20), root.GetProperty("sequence").GetString());
        Assert.Equal(line.Line.ToArray(), root.GetProperty("data_base64").GetBytesFromBase64());
        Assert.Equal(Merkle.Leaf(line.Line.Span).ToString(), root.GetProperty("leafhash").GetString());
        Assert.All(root.EnumerateObject(), member => Assert.Matches("^[a-z0-9_]{1,20}$", member.Name));
    }

    private static async Task<WriterFixture> FilledAsync()
    {
        var fixture = await WriterFixture.StartAsync();
        for (var i = 0; i < Commands; i++)
        {
            _ = await fixture.IssueAsync(i); // One event each.
        }

        return fixture;
    }

    private static async Task RelayAsync(WriterFixture fixture, MemoryOutlet outlet, long size)
    {
        using var relay = EventRelay.Over(fixture.Writer, outlet, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = relay.RunAsync(stop.Token);
        await WriterFixture.UntilAsync(() => outlet.Cursor == size);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(WriterFixture fixture) =>
        await JournalReader.ReadAsync(fixture.Store, 0, fixture.Writer.Durable.Size, Token)
            .Select(line => Encoding.UTF8.GetString(line.Line.Span)).ToListAsync(Token);
}
