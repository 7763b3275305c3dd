using Broker.Journal.Reading;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.Tests.Journal.Sqlite;

/// <summary>SQLite drops everything after a bad frame of its log without a word; the mark notices.</summary>
public sealed class MarkTests
{
    private const int LogHeaderBytes = 32;
    private const int FrameBytes = 24 + 4096;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_journal_opens_with_all_that_was_acknowledged()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        for (var i = 0; i < 20; i++)
        {
            await maker.AppendAsync(2);
        }

        using var crashed = folder.Crash();
        await using var again = await crashed.OpenAsync(SqliteStoreMode.ReadWrite);
        Assert.Equal(41, (await again.OpenAsync(Token))!.Size);
        Assert.True((await JournalVerifier.VerifyAsync(again, null, Token)).IsGood);
    }

    [Fact]
    public async Task One_flipped_bit_anywhere_in_the_log_of_a_killed_journal_refuses_the_start()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        for (var i = 0; i < 5; i++)
        {
            await maker.AppendAsync(2);
        }

        using var crashed = folder.Crash();
        var whole = File.ReadAllBytes(crashed.Log);
        var frames = (whole.Length - LogHeaderBytes) / FrameBytes;
        Assert.True(frames >= 5);
        for (var frame = 0; frame < frames; frame++)
        {
            DataFolder.Flip(crashed.Log, LogHeaderBytes + ((long)frame * FrameBytes) + 100, frame % 8);
            Assert.Equal("journal_behind_mark", await RefusalAsync(crashed));
            Assert.Equal("journal_behind_mark", await FaultAsync(crashed));
            File.Delete(crashed.Database + "-shm");
            File.WriteAllBytes(crashed.Log, whole);
            File.Copy(folder.Database, crashed.Database, true);
        }
    }

    [Fact]
    public async Task A_log_that_is_gone_refuses_the_start()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        await (await JournalMaker.CreateAsync(store)).AppendAsync(2);
        using var crashed = folder.Crash();
        File.Delete(crashed.Log);
        Assert.Equal("journal_behind_mark", await RefusalAsync(crashed));
    }

    [Fact]
    public async Task A_missing_mark_refuses_the_start()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(2);
        File.Delete(folder.Mark);
        Assert.Equal("mark_missing", await RefusalAsync(folder));
    }

    [Fact]
    public async Task A_mark_that_cannot_be_read_refuses_the_start()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(2);
        File.WriteAllBytes(folder.Mark, new byte[8192]);
        Assert.Equal("mark_damaged", await RefusalAsync(folder));
    }

    [Fact]
    public async Task One_torn_slot_leaves_the_other()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(2);
        foreach (var slot in new[] { 0, 4096 })
        {
            var whole = File.ReadAllBytes(folder.Mark);
            DataFolder.Flip(folder.Mark, slot + 20);
            await using (var store = await folder.OpenAsync(SqliteStoreMode.ReadOnly))
            {
                Assert.InRange(store.Mark!.Position, 3, 5);
            }

            File.WriteAllBytes(folder.Mark, whole);
        }
    }

    [Fact]
    public async Task The_mark_of_another_journal_is_found_out_by_its_root()
    {
        using var folder = new DataFolder();
        using var other = new DataFolder();
        await folder.FillAsync(2);
        await other.FillAsync(2);
        File.Copy(other.Mark, folder.Mark, true);
        Assert.Equal("mark_differs", await FaultAsync(folder));
    }

    [Fact]
    public async Task The_mark_moves_with_each_commit()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        for (var i = 0; i < 4; i++)
        {
            using (var crashed = folder.Crash())
            {
                await using var again = await crashed.OpenAsync(SqliteStoreMode.ReadOnly);
                Assert.Equal(new JournalMark(maker.Head.Size, maker.Head.Root), again.Mark);
            }

            await maker.AppendAsync(1);
        }
    }

    [Fact]
    public async Task A_journal_that_outgrew_its_log_is_whole_after_a_kill()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        for (var i = 0; i < 60; i++)
        {
            await maker.AppendAsync(900);
        }

        Assert.True(new FileInfo(folder.Database).Length > 4 * 1024 * 1024, "The log was never emptied.");
        using var crashed = folder.Crash();
        Assert.Null(await FaultAsync(crashed));
    }

    private static async Task<string> RefusalAsync(DataFolder folder)
    {
        var error = await Assert.ThrowsAsync<JournalStoreException>(async () =>
        {
            await using var store = await folder.OpenAsync(SqliteStoreMode.ReadWrite);
            _ = await store.OpenAsync(Token); // It throws.
        });
        return error.Code;
    }

    private static async Task<string?> FaultAsync(DataFolder folder)
    {
        await using var store = await folder.OpenAsync(SqliteStoreMode.ReadOnly);
        return (await JournalVerifier.VerifyAsync(store, null, Token)).Fault?.Code;
    }
}
