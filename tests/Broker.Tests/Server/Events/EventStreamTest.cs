using Broker.Client;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Events;

public sealed class EventStreamTest : IAsyncLifetime
{
    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync(new()
    {
        Settings = new Dictionary<string, string?> { ["limits:streamHeartbeatSeconds"] = "1" },
    });

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Two_subscribers_read_the_same_bytes_from_the_start_and_from_any_position()
    {
        _ = await _broker.EnrolNodeAsync("streamed");
        var size = await SizeAsync();

        var one = await ReadAsync(_broker.Operator, -1, (int)size);
        var two = await ReadAsync(_broker.Auditor, -1, (int)size);
        var part = await ReadAsync(_broker.Auditor, 1, (int)size - 2);

        Assert.Equal(one, two);
        Assert.Equal(one.Skip(2), part);
        Assert.Equal(Enumerable.Range(0, (int)size).Select(i => (long)i), one.Select(e => e.Position));
        Assert.Equal("ledger.created", one[0].Type);
        Assert.StartsWith("{\"v\":1,\"type\":\"ledger.created\",", one[0].Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_arrives_while_the_stream_is_open()
    {
        var size = await SizeAsync();
        var live = ReadAsync(_broker.Auditor, size - 1, 1);

        _ = await _broker.IssueTokenAsync();

        Assert.Equal("token.issued", (await live)[0].Type);
    }

    [Fact]
    public async Task The_header_of_a_reconnect_wins_over_the_query()
    {
        _ = await _broker.IssueTokenAsync();
        using var api = _broker.Raw(TestListener.People, _broker.AuditorCertificate);
        using var response = await api.OpenAsync("/v1/events?after=-1", ("Last-Event-ID", "0"));

        Assert.Contains("id: 1\n", await TextUntilAsync(response, "id: "), StringComparison.Ordinal);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("query_invalid", (await api.SendAsync("GET", "/v1/events", ("Last-Event-ID", "x"))).Outcome);
    }

    [Fact]
    public async Task An_idle_stream_beats()
    {
        using var api = _broker.Raw(TestListener.People, _broker.AuditorCertificate);
        using var response = await api.OpenAsync($"/v1/events?after={await SizeAsync() - 1}");

        Assert.Contains(": beat\n", await TextUntilAsync(response, ": beat\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_beyond_the_end_is_a_conflict()
    {
        var size = await SizeAsync();
        var refused = await Assert.ThrowsAsync<BrokerProblemException>(() => ReadAsync(_broker.Auditor, size, 1));

        Assert.Equal(("cursor_ahead", 409), (refused.Problem.Code, refused.Problem.Status));
    }

    [Fact]
    public async Task A_stop_ends_the_stream_whole_and_the_reader_goes_on_after_the_restart_without_a_gap()
    {
        var first = new List<StreamedEvent>();
        var size = await SizeAsync();
        var reading = Task.Run(
            async () =>
            {
                await foreach (var e in _broker.Auditor.Events(-1).ReadAsync(Cancellation))
                {
                    first.Add(e);
                }
            },
            Cancellation);
        _ = await _broker.IssueTokenAsync();

        await _broker.StopAsync();
        await reading;
        await _broker.StartAgainAsync();
        _ = await _broker.IssueTokenAsync();
        var rest = await ReadAsync(_broker.Auditor, first.Count - 1, (int)(await SizeAsync() - first.Count));
        var whole = await ReadAsync(_broker.Auditor, -1, (int)await SizeAsync());

        Assert.True(rest.Count >= 2);
        Assert.InRange(first.Count, 0, size + 1);
        Assert.Equal(whole, first.Concat(rest));
        Assert.Empty(_broker.Log.Errors);
    }

    private async Task<long> SizeAsync() => (await _broker.Auditor.WhoAmIAsync(Cancellation)).OrThrow().Ledger.Size;

    private static async Task<List<StreamedEvent>> ReadAsync(PeopleApi api, long after, int count)
    {
        var read = new List<StreamedEvent>();
        if (count > 0)
        {
            await foreach (var e in api.Events(after).ReadAsync(Cancellation))
            {
                read.Add(e);
                if (read.Count == count)
                {
                    break;
                }
            }
        }

        return read;
    }

    private static async Task<string> TextUntilAsync(HttpResponseMessage response, string mark)
    {
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        using var reader = new StreamReader(body);
        var text = string.Empty;
        while (!text.Contains(mark, StringComparison.Ordinal) && await reader.ReadLineAsync(Cancellation) is { } line)
        {
            text += line + "\n";
        }

        return text;
    }
}
