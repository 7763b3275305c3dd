using System.Security.Cryptography;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Journal.Store;
using Xunit;

namespace Broker.Tests.Journal.Store;

/// <summary>What every store does, the real ones and the one that fails when told to.</summary>
public abstract class JournalStoreConformance : IAsyncDisposable
{
    private IJournalStore? _store;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_place_has_no_head_and_nothing_to_read()
    {
        var store = await StoreAsync();
        Assert.Null(await store.OpenAsync(Token));
        Assert.Empty(await store.ReadBatchesAsync(0, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_ledger_is_created_once()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        AssertSame(maker.Head, await store.OpenAsync(Token));
        var error = await Assert.ThrowsAsync<JournalStoreException>(() => JournalMaker.CreateAsync(store));
        Assert.Equal("journal_exists", error.Code);
        AssertSame(maker.Head, await store.OpenAsync(Token));
    }

    [Fact]
    public async Task Commits_are_read_back_in_order_from_any_position()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        var batches = new List<JournalBatch>();
        for (var i = 0; i < 30; i++)
        {
            batches.Add(await maker.AppendAsync(1 + (i % 4)));
        }

        var all = await store.ReadBatchesAsync(0, Token).ToListAsync(Token);
        Assert.Equal(31, all.Count);
        Assert.Equal(Enumerable.Range(0, 31), all.Select(b => (int)b.Number));
        for (var i = 0; i < batches.Count; i++)
        {
            AssertSame(batches[i], all[i + 1]);
        }

        foreach (var from in Enumerable.Range(0, (int)maker.Head.Size))
        {
            var first = await store.ReadBatchesAsync(from, Token).FirstAsync(Token);
            Assert.True(first.First <= from && from < first.End);
        }

        Assert.Empty(await store.ReadBatchesAsync(maker.Head.Size, Token).ToListAsync(Token));
        AssertSame(maker.Head, await store.OpenAsync(Token));
    }

    [Fact]
    public async Task A_superseded_commit_leaves_nothing()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        var text = PrivateText.Seal("nobody", RandomNumberGenerator.GetBytes(32));
        var (previous, (next, batch)) = (maker.Head, maker.Next(3, text));
        await maker.AppendAsync(2);
        var before = maker.Head;
        Assert.Equal(CommitResult.Superseded, await store.CommitAsync(previous, next, batch, Token));
        AssertSame(before, await store.OpenAsync(Token));
        Assert.Equal(2, (await store.ReadBatchesAsync(0, Token).ToListAsync(Token)).Count);
        Assert.Null(await store.ReadPrivateAsync(text.Commitment, Token));
        await maker.AppendAsync(1);
    }

    [Fact]
    public async Task A_head_that_differs_in_the_writer_only_is_another_head()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        var (next, batch) = maker.Next(1);
        var other = maker.Head with { Writer = new string('f', 32) };
        Assert.Equal(CommitResult.Superseded, await store.CommitAsync(other, next, batch, Token));
    }

    [Fact]
    public async Task Private_values_are_found_by_their_commitment_and_not_read_with_the_batch()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        var text = PrivateText.Seal("Grace", RandomNumberGenerator.GetBytes(32));
        await maker.AppendAsync(3, text);
        Assert.Equal("Grace", (await store.ReadPrivateAsync(text.Commitment, Token))?.Value);
        Assert.Null(await store.ReadPrivateAsync(new string('0', 64), Token));
        Assert.All(await store.ReadBatchesAsync(0, Token).ToListAsync(Token), b => Assert.Empty(b.Private));
    }

    [Fact]
    public async Task Blobs_are_kept_by_their_hash()
    {
        var store = await StoreAsync();
        await JournalMaker.CreateAsync(store);
        var blob = RandomNumberGenerator.GetBytes(10_000);
        var hash = await store.PutBlobAsync(blob, Token);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(blob)), hash.Value);
        Assert.Equal(hash, await store.PutBlobAsync(blob, Token));
        Assert.Equal(blob, (await store.GetBlobAsync(hash, Token))!.Value.ToArray());
        Assert.Null(await store.GetBlobAsync(BlobHash.Parse(new string('0', 64)), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => store.PutBlobAsync(new byte[JournalLimits.BlobBytesMax + 1], Token));
    }

    [Fact]
    public async Task The_newest_two_snapshots_are_kept()
    {
        var store = await StoreAsync();
        await JournalMaker.CreateAsync(store);
        var references = new List<SnapshotReference>();
        for (var i = 1; i <= 3; i++)
        {
            byte[] bytes = [(byte)i, 2, 3];
            references.Add(new(i, BlobHash.Parse(Convert.ToHexStringLower(SHA256.HashData(bytes)))));
            await store.PutSnapshotAsync(references[^1], bytes, Token);
        }

        Assert.Null(await store.GetSnapshotAsync(references[0], Token));
        Assert.Equal([2, 2, 3], (await store.GetSnapshotAsync(references[1], Token))!.Value.ToArray());
        Assert.Null(await store.GetSnapshotAsync(references[2] with { Hash = references[1].Hash }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutSnapshotAsync(references[0], new byte[1], Token));
    }

    [Fact]
    public async Task Reopening_gives_the_same()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        var text = PrivateText.Seal("Grace", RandomNumberGenerator.GetBytes(32));
        var batch = await maker.AppendAsync(5, text);
        var hash = await store.PutBlobAsync(new byte[] { 1, 2 }, Token);
        await store.DisposeAsync();
        store = _store = await ReopenAsync(store);
        AssertSame(maker.Head, await store.OpenAsync(Token));
        AssertSame(batch, (await store.ReadBatchesAsync(1, Token).ToListAsync(Token)).Single());
        Assert.Equal([1, 2], (await store.GetBlobAsync(hash, Token))!.Value.ToArray());
        Assert.Equal("Grace", (await store.ReadPrivateAsync(text.Commitment, Token))?.Value);
        var (next, more) = maker.Next(1);
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(maker.Head, next, more, Token));
    }

    [Fact]
    public async Task The_limits_of_a_batch_are_checked()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        await AssertRefusedAsync(store, maker.Head, 0, 10);
        await AssertRefusedAsync(store, maker.Head, 1025, 10);
        await AssertRefusedAsync(store, maker.Head, 1, 4097);
        await AssertRefusedAsync(store, maker.Head, 48, 4096); // 192 KiB and 48 newlines.
        var (next, batch) = maker.Next(1);
        var row = new PrivateRow(1, new string('c', 64), new string('5', 64), new string('x', 1024));
        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(
            maker.Head, next, batch with { Private = [.. Enumerable.Repeat(row, 120)] }, Token)); // 135 KiB.
        AssertSame(maker.Head, await store.OpenAsync(Token));
        await maker.AppendAsync(JournalLimits.BatchEventsMax);
    }

    [Fact]
    public async Task A_batch_that_does_not_follow_the_head_is_refused()
    {
        var store = await StoreAsync();
        var maker = await JournalMaker.CreateAsync(store);
        var (next, batch) = maker.Next(1);
        foreach (var wrong in new[] { batch with { First = 2 }, batch with { Number = 2 } })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(maker.Head, next, wrong, Token));
        }

        var newline = JournalBatch.Of(1, 1, ["{\n}"u8.ToArray()], []);
        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(maker.Head, next, newline, Token));
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A store in an empty place, ready to be created in.</summary>
    protected abstract Task<IJournalStore> NewAsync();

    /// <summary>The same place again, after the store was disposed.</summary>
    protected abstract Task<IJournalStore> ReopenAsync(IJournalStore disposed);

    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static async Task AssertRefusedAsync(IJournalStore store, JournalHead head, int lines, int bytes)
    {
        ReadOnlyMemory<byte> line = Enumerable.Repeat((byte)'x', bytes).ToArray();
        var batch = JournalBatch.Of(1, 1, [.. Enumerable.Repeat(line, lines)], []);
        var next = head with { Size = 1 + lines, BatchNumber = 1, TailFirst = 1 };
        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(head, next, batch, Token));
    }

    private static void AssertSame(JournalHead expected, JournalHead? actual) =>
        Assert.Equal(JournalHeadCodec.Encode(expected), JournalHeadCodec.Encode(Assert.IsType<JournalHead>(actual)));

    private static void AssertSame(JournalBatch expected, JournalBatch actual)
    {
        Assert.Equal((expected.Number, expected.First), (actual.Number, actual.First));
        Assert.Equal(expected.Lines.Select(l => l.ToArray()), actual.Lines.Select(l => l.ToArray()));
        Assert.Equal(expected.Leaves, actual.Leaves);
    }

    private async Task<IJournalStore> StoreAsync() => _store = await NewAsync();
}
