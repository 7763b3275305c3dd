using Broker.Core.Refusals;
using Broker.Journal.Reading;
using Broker.Journal.Writing;
using Broker.Testing.Stores;
using Xunit;

namespace Broker.Tests.Journal.Writing;

/// <summary>What is decided while a batch is on its way, and when it is told (I7).</summary>
public sealed class PipelineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_batch_is_decided_while_the_last_is_made_durable()
    {
        await using var ledger = await WriterFixture.StartAsync(aheadMin: 1);
        var (gate, first) = await ledger.HoldAsync();
        var commits = ledger.Store.Commits;
        var ahead = Enumerable.Range(0, 100).Select(ledger.IssueAsync).ToArray();
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 0);

        Assert.Equal(commits, ledger.Store.Commits);
        Assert.DoesNotContain(ahead, task => task.IsCompleted);
        gate.SetResult();
        Assert.All(await Task.WhenAll(ahead), o => Assert.NotNull(o.Answer));
        Assert.NotNull((await first).Answer);
        Assert.Equal(commits + 1, ledger.Store.Commits);
        Assert.Equal(103, ledger.Writer.Durable.Size);
        Assert.Null((await JournalVerifier.VerifyAsync(ledger.Store, null, Token)).Fault);
    }

    [Fact]
    public async Task Few_wait_for_the_end_of_a_batch_instead_of_waking_the_loop_each()
    {
        await using var ledger = await WriterFixture.StartAsync(aheadMin: 10);
        var (gate, _) = await ledger.HoldAsync();
        var waiting = Enumerable.Range(0, 9).Select(ledger.IssueAsync).ToList();
        Assert.Equal(9, ledger.Writer.Waiting);
        waiting.Add(ledger.IssueAsync(9));
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 0);
        gate.SetResult();
        Assert.All(await Task.WhenAll(waiting), o => Assert.NotNull(o.Answer));
    }

    [Fact]
    public async Task Repeats_refusals_and_reads_that_were_decided_ahead_wait_for_all_that_they_saw()
    {
        await using var ledger = await WriterFixture.StartAsync(aheadMin: 1);
        var (gate, first) = await ledger.HoldAsync(7);
        var repeat = ledger.IssueAsync(7); // What the batch in flight holds.
        var refused = ledger.Writer.SubmitAsync(WriterFixture.RevokeUnknown(), Token);
        var read = ledger.Writer.ReadAsync(q => q.Tokens().Count, Token);
        var tried = ledger.Writer.TryAsync(WriterFixture.Issue(8), Token);
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 0);
        Task[] told = [first, repeat, refused, read, tried];
        Assert.DoesNotContain(told, task => task.IsCompleted);

        gate.SetResult();
        Assert.Equal((await first).Answer!.Position, (await repeat).Answer!.Position);
        Assert.Equal(RefusalCode.TokenUnknown, (await refused).Refusal!.Code);
        Assert.Equal(1, await read);
        Assert.NotNull((await tried).Answer);
        Assert.Equal(3, ledger.Writer.Durable.Size);
    }

    [Fact]
    public async Task What_was_decided_ahead_waits_for_its_own_batch_too()
    {
        await using var ledger = await WriterFixture.StartAsync(aheadMin: 1);
        var (gate, first) = await ledger.HoldAsync();
        var second = ledger.IssueAsync(2);
        var read = ledger.Writer.ReadAsync(q => q.Tokens().Count, Token);
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 0);
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var commits = ledger.Store.Commits;
        ledger.Store.Gate = next.Task;
        gate.SetResult();
        await first;
        await WriterFixture.UntilAsync(() => ledger.Store.Commits > commits);
        Assert.False(second.IsCompleted || read.IsCompleted);
        Assert.Equal(3, ledger.Writer.Durable.Size);
        next.SetResult();
        Assert.NotNull((await second).Answer);
        Assert.Equal(2, await read);
    }

    [Theory]
    [InlineData(CommitFault.Before, "store_failed")]
    [InlineData(CommitFault.ReplyLost, "store_failed")]
    [InlineData(CommitFault.Superseded, "superseded")]
    public async Task A_batch_that_fails_takes_with_it_what_was_decided_on_it(CommitFault fault, string code)
    {
        await using var ledger = await WriterFixture.StartAsync(aheadMin: 1);
        var (gate, first) = await ledger.HoldAsync();
        var read = ledger.Writer.ReadAsync(q => q.Ledger, Token);
        Task[] waiting = [first, read, .. Enumerable.Range(0, 20).Select(ledger.IssueAsync)];
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 0);
        var commits = ledger.Store.Commits;
        ledger.Store.Fault = fault;
        gate.SetResult();
        foreach (var task in waiting)
        {
            var error = await Assert.ThrowsAsync<WriterStoppedException>(() => task);
            Assert.Equal(code, error.Code);

            // What was sent may be in the store, whatever was heard of it; what was only decided is not.
            Assert.Equal(task == first, error.IsUndecided);
        }

        Assert.False((await Assert.ThrowsAsync<WriterStoppedException>(() => ledger.IssueAsync(99))).IsUndecided);
        Assert.Equal(commits, ledger.Store.Commits);
        Assert.Equal(2, ledger.Observer.Lines.Count);
        await using var again = await WriterFixture.StartAsync(ledger.Store.Memory);
        var tokens = await again.Writer.ReadAsync(q => q.Tokens().Count, Token);
        Assert.Equal(fault == CommitFault.ReplyLost ? 1 : 0, tokens);
    }

    [Fact]
    public async Task What_does_not_fit_the_next_batch_waits_with_all_behind_it()
    {
        await using var ledger = await WriterFixture.StartAsync(aheadMin: 1);
        var (gate, _) = await ledger.HoldAsync();
        var waiting = Enumerable.Range(0, 300)
            .Select(i => ledger.Writer.SubmitAsync(WriterFixture.Issue(i, 50), Token)).ToArray();
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting < 299);
        gate.SetResult();
        var positions = (await Task.WhenAll(waiting)).Select(o => o.Answer!.Position);
        Assert.Equal(Enumerable.Range(3, 300).Select(i => (long)i), positions);
        Assert.All(await ledger.Store.ReadBatchesAsync(0, Token).ToListAsync(Token), b => b.CheckLimits());
    }

    [Fact]
    public async Task A_stop_lands_what_is_on_its_way_and_what_was_decided_on_it()
    {
        await using var ledger = await WriterFixture.StartAsync(aheadMin: 1);
        var (gate, first) = await ledger.HoldAsync();
        var ahead = ledger.IssueAsync(1);
        await WriterFixture.UntilAsync(() => ledger.Writer.Waiting == 0);
        var stopping = ledger.Writer.StopAsync();
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping;
        Assert.NotNull((await first).Answer);
        Assert.NotNull((await ahead).Answer);
    }
}
