using Broker.Core.Events;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Testing.Stores;
using Broker.Tests.Journal.Events;
using Xunit;

namespace Broker.Tests.Journal.Writing;

public sealed class LedgerWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_start_takes_the_next_epoch_and_says_so_in_the_journal()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var head = await ledger.Store.OpenAsync(Token);
        Assert.Equal((1L, 2L), (head!.Epoch, head.Size));
        Assert.Equal(
            new DurableHead("ipam.example.org/test", 1, 2, head.Root), ledger.Writer.Durable);
        Assert.Contains(
            $"\"epoch\":1,\"writer\":\"{head.Writer}\"", ledger.Observer.Lines[1], StringComparison.Ordinal);
        await using var second = await WriterFixture.StartAsync(ledger.Store.Memory);
        Assert.Equal(2, second.Writer.Durable.Epoch);
        Assert.NotEqual(head.Writer, (await second.Store.OpenAsync(Token))!.Writer);
    }

    [Fact]
    public async Task A_command_is_answered_when_its_events_are_durable()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, first) = await ledger.HoldAsync();
        Assert.False(first.IsCompleted);
        Assert.Equal(2, ledger.Observer.Lines.Count);
        gate.SetResult();
        Assert.NotNull((await first).Answer);
        Assert.Equal(3, ledger.Observer.Lines.Count);
        Assert.Equal(3, ledger.Writer.Durable.Size);
    }

    [Fact]
    public async Task What_queues_while_a_commit_is_in_flight_is_one_batch_in_order()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, _) = await ledger.HoldAsync();
        var commits = ledger.Store.Commits;
        var waiting = new List<Task<Outcome<TokenView>>>();
        for (var i = 0; i < 60; i++)
        {
            waiting.Add(ledger.IssueAsync(i));
            await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == i + 1);
        }

        gate.SetResult();
        var positions = (await Task.WhenAll(waiting)).Select(o => o.Answer!.Position);
        Assert.Equal(Enumerable.Range(3, 60).Select(i => (long)i), positions);
        Assert.Equal(commits + 1, ledger.Store.Commits);
    }

    [Fact]
    public async Task A_batch_keeps_its_limits_and_nothing_is_lost()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, _) = await ledger.HoldAsync();
        var waiting = Enumerable.Range(0, 300)
            .Select(i => ledger.Writer.SubmitAsync(WriterFixture.Issue(i, 50), Token)).ToArray();
        gate.SetResult();
        Assert.All(await Task.WhenAll(waiting), o => Assert.NotNull(o.Answer));
        var batches = await ledger.Store.ReadBatchesAsync(0, Token).ToListAsync(Token);
        Assert.All(batches, b => b.CheckLimits());
        Assert.True(batches.Count > 6, "300 events of 3 KiB do not fit fewer batches of 192 KiB.");
        Assert.Equal(303, batches[^1].End);
    }

    [Fact]
    public async Task A_command_whose_events_fit_no_batch_is_refused_and_changes_nothing()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var refused = await ledger.Writer.SubmitAsync(WriterFixture.Count(129), Token);
        Assert.Equal(RefusalCode.InvalidField, refused.Refusal!.Code);
        Assert.NotNull((await ledger.IssueAsync(1)).Answer);
        Assert.Equal(3, ledger.Writer.Durable.Size);
        Assert.NotNull((await ledger.Writer.SubmitAsync(WriterFixture.Count(128), Token)).Answer);
        Assert.Equal(131, ledger.Writer.Durable.Size);
    }

    [Fact]
    public void An_event_beyond_4_KiB_is_refused_by_its_name()
    {
        var fact = SampleFacts.ByBroker(new LedgerCreated(new string('x', 4096)), null);
        Assert.Contains("ledger.created", EncodedFacts.Of([fact]).TooLarge()!.Detail, StringComparison.Ordinal);
        Assert.Null(EncodedFacts.Of(SampleFacts.All).TooLarge());
    }

    [Fact]
    public void Events_beyond_192_KiB_are_refused_together()
    {
        var fact = SampleFacts.ByBroker(new LedgerCreated(new string('x', 1000)), null);
        Assert.Contains(
            "192 KiB", EncodedFacts.Of([.. Enumerable.Repeat(fact, 200)]).TooLarge()!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_and_reads_wait_for_what_they_saw()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, first) = await ledger.HoldAsync();
        var second = ledger.IssueAsync(2);
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 1);
        var refused = ledger.Writer.SubmitAsync(WriterFixture.RevokeUnknown(), Token);
        var read = ledger.Writer.ReadAsync(q => q.Tokens().Count, Token);
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.Store.Gate = next.Task;
        var commits = ledger.Store.Commits;
        gate.SetResult();
        await WriterFixture.UntilAsync(() => ledger.Store.Commits > commits);
        Assert.NotNull((await first).Answer); // It is told while the next is on its way.
        Assert.False(refused.IsCompleted || read.IsCompleted || second.IsCompleted);
        next.SetResult();
        Assert.Equal(RefusalCode.TokenUnknown, (await refused).Refusal!.Code);
        Assert.Equal(2, await read);
        Assert.NotNull((await second).Answer);
    }

    [Fact]
    public async Task Nothing_is_committed_for_refusals_and_reads()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var commits = ledger.Store.Commits;
        _ = await ledger.Writer.SubmitAsync(WriterFixture.RevokeUnknown(), Token);
        Assert.Equal(2, await ledger.Writer.ReadAsync(q => q.Ledger.Size, Token));
        Assert.Equal(commits, ledger.Store.Commits);
    }

    [Fact]
    public async Task A_read_that_throws_harms_nobody_else()
    {
        await using var ledger = await WriterFixture.StartAsync();
        await Assert.ThrowsAsync<FormatException>(
            () => ledger.Writer.ReadAsync<int>(_ => throw new FormatException("mine"), Token));
        Assert.NotNull((await ledger.IssueAsync(1)).Answer);
    }

    [Fact]
    public async Task A_caller_that_leaves_before_its_turn_is_never_decided()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, _) = await ledger.HoldAsync();
        using var leaving = new CancellationTokenSource();
        var left = ledger.Writer.SubmitAsync(WriterFixture.Issue(1), leaving.Token);
        var stays = ledger.IssueAsync(2);
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 2);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Equal(1, ledger.Writer.Waiting);
        gate.SetResult();
        Assert.Equal(3, (await stays).Answer!.Position);
        Assert.Null(await ledger.Writer.ReadAsync(q => q.Token(WriterFixture.Issue(1).Token), Token));
    }

    [Fact]
    public async Task A_caller_that_leaves_after_its_turn_is_told_all_the_same()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var gate = new TaskCompletionSource();
        ledger.Store.Gate = gate.Task;
        using var leaving = new CancellationTokenSource();
        var commits = ledger.Store.Commits;
        var begun = ledger.Writer.SubmitAsync(WriterFixture.Issue(1), leaving.Token);
        await WriterFixture.UntilAsync(() => ledger.Store.Commits > commits);
        await leaving.CancelAsync();
        gate.SetResult();
        Assert.NotNull((await begun).Answer);
    }

    [Fact]
    public async Task Readers_of_the_stream_are_woken_when_the_journal_grows()
    {
        await using var ledger = await WriterFixture.StartAsync();
        await ledger.Writer.WaitForSizeAboveAsync(1, Token);
        var waiting = ledger.Writer.WaitForSizeAboveAsync(2, Token);
        Assert.False(waiting.IsCompleted);
        _ = await ledger.IssueAsync(1);
        await waiting;
        using var leaving = new CancellationTokenSource();
        var forEver = ledger.Writer.WaitForSizeAboveAsync(99, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forEver);
    }

    [Fact]
    public async Task Replay_gives_what_was_live()
    {
        await using var ledger = await WriterFixture.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            _ = await ledger.IssueAsync(i);
        }

        var live = await ledger.Writer.ReadAsync(q => q.Tokens().Select(t => (t.Token, t.Position)).ToArray(), Token);
        await ledger.Writer.StopAsync();
        await using var again = await WriterFixture.StartAsync(ledger.Store.Memory);
        Assert.Equal(
            live, await again.Writer.ReadAsync(q => q.Tokens().Select(t => (t.Token, t.Position)).ToArray(), Token));
        Assert.Equal(ledger.Observer.Lines, again.Observer.Lines.SkipLast(1));
        Assert.Null((await JournalVerifier.VerifyAsync(again.Store, null, Token)).Fault);
    }

    [Fact]
    public async Task A_place_without_a_ledger_is_not_started_on()
    {
        await using var store = new FaultStore();
        var error = await Assert.ThrowsAsync<JournalStoreException>(
            () => LedgerWriter.StartAsync(store, new LedgerWriterSettings(), TimeProvider.System, [], Token));
        Assert.Equal("ledger_missing", error.Code);
    }
}
