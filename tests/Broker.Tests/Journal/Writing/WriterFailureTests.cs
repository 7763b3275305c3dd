using Broker.Core.Journal;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Testing.Stores;
using Broker.Tests.Journal.Reading;
using Xunit;

namespace Broker.Tests.Journal.Writing;

public sealed class WriterFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CommitFault.Before, "store_failed")]
    [InlineData(CommitFault.ReplyLost, "store_failed")]
    [InlineData(CommitFault.Superseded, "superseded")]
    public async Task A_commit_that_fails_is_the_last_and_answers_nothing(CommitFault fault, string code)
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, first) = await ledger.HoldAsync();
        var waitsForGrowth = ledger.Writer.WaitForSizeAboveAsync(99, Token);
        Task[] waiting =
        [
            first,
            ledger.IssueAsync(1),
            ledger.Writer.ReadAsync(q => q.Ledger, Token),
            ledger.Writer.SubmitAsync(WriterFixture.RevokeUnknown(), Token),
            waitsForGrowth,
        ];
        var commits = ledger.Store.Commits;
        ledger.Store.Fault = fault;
        gate.SetResult();
        foreach (var task in waiting)
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<WriterStoppedException>(() => task)).Code);
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<WriterStoppedException>(() => ledger.Writer.Stopped)).Code);
        ledger.Store.Fault = CommitFault.None;
        Assert.Equal(code, (await Assert.ThrowsAsync<WriterStoppedException>(() => ledger.IssueAsync(2))).Code);
        Assert.Equal(commits, ledger.Store.Commits);
        Assert.Equal(2, ledger.Observer.Lines.Count);
        Assert.Equal(2, ledger.Writer.Durable.Size);
    }

    [Fact]
    public async Task A_second_writer_supersedes_the_first()
    {
        await using var first = await WriterFixture.StartAsync();
        await using var second = await WriterFixture.StartAsync(first.Store.Memory);
        Assert.NotNull((await second.IssueAsync(1)).Answer);
        var error = await Assert.ThrowsAsync<WriterStoppedException>(() => first.IssueAsync(2));
        Assert.Equal("superseded", error.Code);
        Assert.True(error.IsUndecided); // It was sent, and it was the last that was decided.
        Assert.NotNull((await second.IssueAsync(2)).Answer);
    }

    [Fact]
    public async Task A_take_over_that_fails_starts_nothing()
    {
        await using var store = new FaultStore();
        _ = await LedgerGenesis.CreateAsync(store, "ipam.example.org/test", TimeProvider.System, Token);
        store.Fault = CommitFault.Superseded;
        var error = await Assert.ThrowsAsync<WriterStoppedException>(
            () => LedgerWriter.StartAsync(store, new LedgerWriterSettings(), TimeProvider.System, [], Token));
        Assert.Equal("superseded", error.Code);
    }

    [Fact]
    public async Task An_observer_that_throws_stops_the_writer()
    {
        await using var ledger = await WriterFixture.StartAsync();
        ledger.Observer.Throws = new InvalidOperationException("a bug");
        var error = await Assert.ThrowsAsync<WriterStoppedException>(() => ledger.IssueAsync(1));
        Assert.Equal("writer_failed", error.Code);
        await Assert.ThrowsAsync<WriterStoppedException>(() => ledger.Writer.Stopped);
    }

    [Fact]
    public async Task A_decision_that_cannot_be_encoded_fails_its_caller_alone()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var inClear = WriterFixture.Issue(1) with { Actor = new Actor(ActorRole.Operator, "Ada", null, null) };

        await Assert.ThrowsAsync<ArgumentException>(() => ledger.Writer.SubmitAsync(inClear, Token));

        Assert.Equal(2, ledger.Writer.Durable.Size);
        Assert.NotNull((await ledger.IssueAsync(1)).Answer);
    }

    [Fact]
    public async Task A_writer_that_is_condemned_answers_and_writes_nothing_more()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, first) = await ledger.HoldAsync();
        Task[] waiting = [first, ledger.IssueAsync(1), ledger.Writer.ReadAsync(q => q.Ledger, Token)];
        var commits = ledger.Store.Commits;
        ledger.Writer.Condemn("Position 7 is wrong.", new JournalDamagedException("leaf_differs", 7, "It is."));
        waiting = [.. waiting, ledger.IssueAsync(2)];
        gate.SetResult();
        foreach (var task in waiting)
        {
            var error = await Assert.ThrowsAsync<WriterStoppedException>(() => task);
            Assert.Equal("journal_damaged", error.Code);
            Assert.Contains("Position 7", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<WriterStoppedException>(() => ledger.Writer.Stopped);
        Assert.Equal(commits, ledger.Store.Commits);
        Assert.Equal(2, ledger.Observer.Lines.Count);
    }

    [Fact]
    public async Task A_damaged_journal_is_not_started_on_and_not_written_to()
    {
        await using var ledger = await WriterFixture.StartAsync();
        _ = await ledger.IssueAsync(1);
        await ledger.Writer.StopAsync();
        await using var changed = new ChangedStore(
            ledger.Store, all => all.Select(b => b.Number == 2 ? b with { Leaves = [default] } : b));
        var commits = ledger.Store.Commits;
        var error = await Assert.ThrowsAsync<JournalDamagedException>(
            () => LedgerWriter.StartAsync(changed, new LedgerWriterSettings(), TimeProvider.System, [], Token));
        Assert.Equal(2, error.Position);
        Assert.Equal(commits, ledger.Store.Commits);
    }

    [Fact]
    public async Task Past_three_quarters_grants_are_turned_away_and_the_rest_waits()
    {
        await using var ledger = await WriterFixture.StartAsync(queueMax: 8);
        var (gate, _) = await ledger.HoldAsync();
        var waiting = Enumerable.Range(0, 6).Select(ledger.IssueAsync).ToList();
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 6);
        var error = await Assert.ThrowsAsync<OverloadedException>(
            () => ledger.Writer.SubmitAsync(WriterFixture.Grant(), Token));
        Assert.Equal(3, error.RetryAfterSeconds);
        waiting.AddRange(Enumerable.Range(6, 10).Select(ledger.IssueAsync));
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 8);
        gate.SetResult();
        Assert.All(await Task.WhenAll(waiting), o => Assert.NotNull(o.Answer));
        Assert.NotNull((await ledger.Writer.SubmitAsync(WriterFixture.Grant(), Token)).Refusal);
    }

    [Fact]
    public async Task Who_leaves_makes_room()
    {
        await using var ledger = await WriterFixture.StartAsync(queueMax: 4);
        var (gate, _) = await ledger.HoldAsync();
        using var leaving = new CancellationTokenSource();
        var left = Enumerable.Range(0, 3)
            .Select(i => ledger.Writer.SubmitAsync(WriterFixture.Issue(i), leaving.Token)).ToArray();
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 3);
        await Assert.ThrowsAsync<OverloadedException>(() => ledger.Writer.SubmitAsync(WriterFixture.Grant(), Token));
        await leaving.CancelAsync();
        var taken = ledger.Writer.SubmitAsync(WriterFixture.Grant(), Token);
        Assert.Equal(1, ledger.Writer.Waiting);
        gate.SetResult();
        Assert.NotNull((await taken).Refusal);
        foreach (var task in left)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }
    }

    [Fact]
    public async Task Who_leaves_before_there_was_room_is_never_decided_and_the_others_keep_their_order()
    {
        await using var ledger = await WriterFixture.StartAsync(queueMax: 4);
        var (gate, _) = await ledger.HoldAsync();
        var waiting = Enumerable.Range(0, 4).Select(ledger.IssueAsync).ToList();
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 4);
        using var leaving = new CancellationTokenSource();
        var left = ledger.Writer.SubmitAsync(WriterFixture.Issue(4), leaving.Token);
        waiting.AddRange(Enumerable.Range(5, 8).Select(ledger.IssueAsync));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Equal(4, ledger.Writer.Waiting);
        gate.SetResult();
        var positions = (await Task.WhenAll(waiting)).Select(o => o.Answer!.Position);
        Assert.Equal(Enumerable.Range(3, 12).Select(i => (long)i), positions);
        Assert.Null(await ledger.Writer.ReadAsync(q => q.Token(WriterFixture.Issue(4).Token), Token));
    }

    [Fact]
    public async Task A_stop_finishes_what_was_taken_and_takes_nothing_more()
    {
        await using var ledger = await WriterFixture.StartAsync();
        var (gate, first) = await ledger.HoldAsync();
        var taken = Enumerable.Range(0, 20).Select(ledger.IssueAsync).ToArray();
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 20);
        var stopping = ledger.Writer.StopAsync();
        var late = await Assert.ThrowsAsync<WriterStoppedException>(() => ledger.IssueAsync(99));
        Assert.Equal("stopped", late.Code);
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping;
        Assert.NotNull((await first).Answer);
        Assert.All(await Task.WhenAll(taken), o => Assert.NotNull(o.Answer));
        Assert.Equal(23, ledger.Writer.Durable.Size);
        Assert.Equal(
            "stopped",
            (await Assert.ThrowsAsync<WriterStoppedException>(
                () => ledger.Writer.WaitForSizeAboveAsync(99, Token))).Code);
    }

    [Fact]
    public async Task Who_waits_for_room_hears_of_the_stop()
    {
        await using var ledger = await WriterFixture.StartAsync(queueMax: 4);
        var (gate, _) = await ledger.HoldAsync();
        var waiting = Enumerable.Range(0, 12).Select(ledger.IssueAsync).ToArray();
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 4);
        ledger.Store.Fault = CommitFault.Before;
        gate.SetResult();
        foreach (var task in waiting)
        {
            Assert.Equal("store_failed", (await Assert.ThrowsAsync<WriterStoppedException>(() => task)).Code);
        }
    }
}
