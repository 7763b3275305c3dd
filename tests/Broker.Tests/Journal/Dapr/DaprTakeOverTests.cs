using Broker.Journal.Dapr;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Tests.Journal.Store;
using Broker.Tests.Journal.Writing;
using Xunit;

namespace Broker.Tests.Journal.Dapr;

/// <summary>Two writers of one state store, and heads that cannot be right.</summary>
public sealed class DaprTakeOverTests : IAsyncDisposable
{
    private readonly MemoryStateApi _api = new();
    private readonly List<IAsyncDisposable> _stores = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_take_over_the_writer_before_commits_and_answers_nothing()
    {
        var (first, maker) = await CreateAsync();
        await maker.AppendAsync(2);
        Assert.True(await first.LeadsAsync(maker.Head, Token));
        var second = Keep(MemoryLedger.TakeOver(_api));
        Assert.Equal(maker.Head.Size, (await second.OpenAsync(Token))!.Size);

        Assert.False(await first.LeadsAsync(maker.Head, Token));
        Assert.Equal(CommitResult.Superseded, await MemoryLedger.CommitAsync(first, maker));
        Assert.True(await second.LeadsAsync(maker.Head, Token));
        Assert.Equal(CommitResult.Committed, await MemoryLedger.CommitAsync(second, maker));
    }

    [Fact]
    public async Task After_a_take_over_the_writer_before_answers_no_read_and_no_refusal()
    {
        var (first, _) = await CreateAsync();
        await using var writer = await LedgerWriter.StartAsync(first, new(), TimeProvider.System, [], Token);
        Assert.Equal(2, await writer.ReadAsync(queries => queries.Ledger.Size, Token));
        _ = await Keep(MemoryLedger.TakeOver(_api)).OpenAsync(Token); // Its claim is what matters.

        var stopped = await Assert.ThrowsAsync<WriterStoppedException>(
            () => writer.SubmitAsync(WriterFixture.RevokeUnknown(), Token));
        Assert.Equal("superseded", stopped.Code);
        await Assert.ThrowsAsync<WriterStoppedException>(() => writer.ReadAsync(queries => queries.Ledger, Token));
    }

    [Fact]
    public async Task A_start_that_is_overtaken_while_it_reads_is_superseded_and_finds_no_damage()
    {
        _ = await CreateAsync(); // Its genesis is what the others read.
        var (late, other) = (Keep(MemoryLedger.TakeOver(_api)), Keep(MemoryLedger.TakeOver(_api)));
        _ = await late.OpenAsync(Token); // Its claim: from now on the head is read to find the batches.
        var reads = 0;
        _api.BeforeRead = key =>
        {
            if (key == MemoryLedger.Head && ++reads == 2)
            {
                var started = LedgerWriter.StartAsync(other, new(), TimeProvider.System, [], Token);
                Assert.Equal(2, started.GetAwaiter().GetResult().Durable.Size);
            }
        };

        var error = await Assert.ThrowsAsync<WriterStoppedException>(
            () => LedgerWriter.StartAsync(late, new(), TimeProvider.System, [], Token));
        Assert.Equal("superseded", error.Code);
    }

    [Fact]
    public async Task Who_did_not_write_last_needs_to_ask_for_it()
    {
        var (_, _) = await CreateAsync();
        var other = Keep(DaprJournalStore.Over(
            _api, MemoryLedger.Settings, DaprJournalMode.ReadWrite, TimeProvider.System));

        await AssertFailsAsync("ledger_led", () => other.OpenAsync(Token));
    }

    [Fact]
    public async Task A_take_over_succeeds_between_the_commits_of_a_busy_writer()
    {
        var (_, maker) = await CreateAsync();
        var commits = 0;
        _api.BeforeWrite = key =>
        {
            // Just before the claim arrives, the first writer's next commit does.
            if (key == MemoryLedger.Head && commits++ < 3)
            {
                var before = _api.BeforeWrite;
                _api.BeforeWrite = _ => { };
                maker.AppendAsync(1).GetAwaiter().GetResult();
                _api.BeforeWrite = before;
            }
        };

        var second = Keep(MemoryLedger.TakeOver(_api));
        Assert.Equal(4, (await second.OpenAsync(Token))!.Size);
    }

    [Fact]
    public async Task A_lost_reply_is_a_commit_and_a_lost_call_is_sent_again()
    {
        var (store, maker) = await CreateAsync();
        var lost = 0;
        _api.AfterWrite = _ => Lose(lost++ == 0);
        await maker.AppendAsync(1);
        lost = 0;
        _api.AfterWrite = _ => { };
        _api.BeforeWrite = _ => Lose(lost++ < 2);
        await maker.AppendAsync(1);

        Assert.Equal(3, (await store.OpenAsync(Token))!.Size);
        Assert.Equal(3, await store.ReadBatchesAsync(0, Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_head_that_goes_back_under_a_writer_ends_it()
    {
        var (store, maker) = await CreateAsync();
        var before = _api.Value(MemoryLedger.Head);
        await maker.AppendAsync(1);
        await maker.AppendAsync(1);
        _api.Put(MemoryLedger.Head, before);

        await AssertFailsAsync("head_back_in_time", () => MemoryLedger.CommitAsync(store, maker));
        _api.Remove(MemoryLedger.Head);
        await AssertFailsAsync("head_back_in_time", () => MemoryLedger.CommitAsync(store, maker));
    }

    [Fact]
    public async Task A_head_that_vanishes_under_a_writer_ends_it_and_is_not_made_anew()
    {
        var (store, maker) = await CreateAsync();
        _api.Remove(MemoryLedger.Head);

        await AssertFailsAsync("head_missing", () => MemoryLedger.CommitAsync(store, maker));
        Assert.Null((await _api.ReadAsync(MemoryLedger.Head, Token)).Value);
    }

    [Fact]
    public async Task Another_ledgers_head_is_refused()
    {
        await CreateAsync();
        var other = Keep(MemoryLedger.Read(_api, MemoryLedger.Settings with { Origin = "ipam.example.org/other" }));

        await AssertFailsAsync("ledger_other", () => other.OpenAsync(Token));
    }

    [Fact]
    public async Task A_head_that_is_not_ours_is_damage()
    {
        await CreateAsync();
        _api.Put(MemoryLedger.Head, new StoredValue("H1 x"u8.ToArray()));

        await AssertFailsAsync("head_damaged", () => Keep(MemoryLedger.Read(_api)).OpenAsync(Token));
    }

    [Fact]
    public async Task A_batch_that_is_gone_or_changed_is_found_by_the_verifier()
    {
        var (_, maker) = await CreateAsync();
        await maker.AppendAsync(1);
        await maker.AppendAsync(1);
        await maker.AppendAsync(1);
        var good = _api.Value("{ipam}.b.1");
        _api.Remove("{ipam}.b.1");
        Assert.Equal("batch_missing", await FaultAsync());
        _api.Put("{ipam}.b.1", new StoredValue("B1.1.1.!.!"u8.ToArray()));
        Assert.Equal("batch_damaged", await FaultAsync());
        _api.Put("{ipam}.b.1", _api.Value("{ipam}.b.2"));
        Assert.Equal("batch_missing", await FaultAsync());
        _api.Put("{ipam}.b.1", good);
        Assert.NotEqual("batch_missing", await FaultAsync());
    }

    [Fact]
    public async Task A_commit_is_two_calls_for_the_head_and_two_for_the_batch_before()
    {
        var (store, maker) = await CreateAsync();
        await maker.AppendAsync(1);
        await store.DisposeAsync();
        var calls = _api.Calls;
        var second = Keep(MemoryLedger.TakeOver(_api));
        _ = await second.OpenAsync(Token); // Reads, swaps, reads.
        Assert.Equal(CommitResult.Committed, await MemoryLedger.CommitAsync(second, maker));
        await second.DisposeAsync(); // Keeps the batch of its last head.

        Assert.Equal(3 + 2 + 2 + 2, _api.Calls - calls);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }

    private static void Lose(bool isLost)
    {
        if (isLost)
        {
            throw MemoryStateApi.Lost();
        }
    }

    private static async Task AssertFailsAsync(string code, Func<Task> action) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<JournalStoreException>(action)).Code);

    private async Task<string?> FaultAsync() =>
        (await JournalVerifier.VerifyAsync(Keep(MemoryLedger.Read(_api)), null, Token)).Fault?.Code;

    private async Task<(DaprJournalStore Store, JournalMaker Maker)> CreateAsync()
    {
        var store = Keep(MemoryLedger.Create(_api));
        return (store, await JournalMaker.CreateAsync(store));
    }

    private DaprJournalStore Keep(DaprJournalStore store)
    {
        _stores.Add(store);
        return store;
    }
}
