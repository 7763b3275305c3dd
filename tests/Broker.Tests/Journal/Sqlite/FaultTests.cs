using Broker.Core.Names;
using Broker.Journal.Reading;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Tests.Journal.Store;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Broker.Tests.Journal.Sqlite;

/// <summary>Rows of src/FAULTS.md that no other test has: what is refused, what goes on, how it comes back.</summary>
public sealed class FaultTests
{
    private const int FrameBytes = 24 + 4096;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PRAGMA max_page_count = 1;", "store_full")]
    [InlineData("PRAGMA query_only = ON;", "store_read_only")]
    public async Task A_disk_that_is_full_or_read_only_ends_writing_and_what_was_acknowledged_stays(
        string fault, string code)
    {
        using var folder = new DataFolder();
        await folder.FillAsync(3);
        var place = new StoreFolder(folder.Path);
        var connection = SqliteConnections.OpenToWrite(place);
        using (var writer = new SqliteWriter(place, connection, null))
        {
            SqliteConnections.Execute(connection, fault); // At most as many pages as there are.
            var blob = new byte[64 * 1024];
            Assert.Equal(code, FailureOf(() => writer.PutBlob(new string('a', 64), blob)));
            SqliteConnections.Execute(connection, "PRAGMA max_page_count = 1000000; PRAGMA query_only = OFF;");
            Assert.Equal(code, FailureOf(() => writer.PutBlob(new string('b', 64), [1]))); // No retry is believed.
        }

        await using var again = await folder.OpenAsync(SqliteStoreMode.ReadWrite);
        Assert.Equal(7, (await again.OpenAsync(Token))!.Size);
        Assert.True((await JournalVerifier.VerifyAsync(again, null, Token)).IsGood);
        _ = await again.PutBlobAsync(new byte[64 * 1024], Token); // There is room again.
    }

    [Theory]
    [InlineData(5, "store_busy")]
    [InlineData(8, "store_read_only")]
    [InlineData(10, "store_io")]
    [InlineData(11, "store_corrupt")]
    [InlineData(13, "store_full")]
    [InlineData(14, "store_open")]
    [InlineData(26, "store_corrupt")]
    [InlineData(1, "store_failed")]
    public void What_SQLite_reports_has_a_code_of_ours(int number, string code) =>
        Assert.Equal(code, SqliteErrors.Name(new SqliteException("it failed", number))!.Code);

    [Fact]
    public async Task A_torn_write_behind_the_last_commit_is_dropped_and_one_within_it_refuses_the_start()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        for (var i = 0; i < 5; i++)
        {
            await maker.AppendAsync(2);
        }

        using (var behind = folder.Crash())
        {
            var log = File.ReadAllBytes(behind.Log);
            File.WriteAllBytes(behind.Log, [.. log, .. log.AsSpan(log.Length - FrameBytes, FrameBytes / 2)]);
            await using var again = await behind.OpenAsync(SqliteStoreMode.ReadWrite);
            Assert.Equal(11, (await again.OpenAsync(Token))!.Size);
        }

        foreach (var missing in new[] { 1, 512, FrameBytes - 1 })
        {
            using var within = folder.Crash();
            File.WriteAllBytes(within.Log, File.ReadAllBytes(within.Log)[..^missing]);
            Assert.Equal("journal_behind_mark", await RefusalAsync(within));
        }
    }

    [Fact]
    public async Task A_flipped_bit_in_a_blob_or_a_snapshot_is_never_given_out()
    {
        using var folder = new DataFolder();
        var bytes = "what is to be found"u8.ToArray();
        BlobHash hash;
        await using (var store = await folder.OpenAsync(SqliteStoreMode.Create))
        {
            _ = await JournalMaker.CreateAsync(store); // Its genesis is all that is needed.
            hash = await store.PutBlobAsync(bytes, Token);
            await store.PutSnapshotAsync(new SnapshotReference(1, hash), bytes, Token);
        }

        folder.Execute("UPDATE blob SET bytes = x'00'; UPDATE snapshot SET bytes = x'00';");
        await using var again = await folder.OpenAsync(SqliteStoreMode.ReadWrite);
        var error = await Assert.ThrowsAsync<JournalStoreException>(() => again.GetBlobAsync(hash, Token));
        Assert.Equal("blob_damaged", error.Code);
        Assert.Null(await again.GetSnapshotAsync(new SnapshotReference(1, hash), Token));
    }

    [Fact]
    public async Task An_older_copy_of_the_database_beside_the_newer_mark_refuses_the_start()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(3);
        var old = File.ReadAllBytes(folder.Database);
        await using (var store = await folder.OpenAsync(SqliteStoreMode.ReadWrite))
        {
            var head = (await store.OpenAsync(Token))!;
            await JournalMaker.Continue(store, head).AppendAsync(1);
        }

        File.WriteAllBytes(folder.Database, old);
        Assert.Equal("journal_behind_mark", await RefusalAsync(folder));
    }

    [Fact]
    public async Task A_copy_made_while_it_is_written_is_whole_or_refuses_the_start()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(2);
        using var copy = folder.Crash();
        await maker.AppendAsync(2);
        File.WriteAllBytes(copy.Mark, ReadShared(folder.Mark)); // Copied after the database.
        Assert.Equal("journal_behind_mark", await RefusalAsync(copy));
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string FailureOf(Action write) => Assert.Throws<JournalStoreException>(write).Code;

    private static async Task<string> RefusalAsync(DataFolder folder)
    {
        var error = await Assert.ThrowsAsync<JournalStoreException>(async () =>
        {
            await using var store = await folder.OpenAsync(SqliteStoreMode.ReadWrite);
            _ = await store.OpenAsync(Token); // It throws.
        });
        return error.Code;
    }
}
