using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.Tests.Journal.Sqlite;

public sealed class DataFolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_created_without_being_asked_for()
    {
        using var folder = new DataFolder();
        foreach (var mode in new[] { SqliteStoreMode.ReadWrite, SqliteStoreMode.ReadOnly })
        {
            Assert.Equal("journal_missing", await RefusalAsync(folder, mode));
            Assert.False(Directory.Exists(folder.Path));
        }
    }

    [Fact]
    public async Task A_folder_with_a_journal_or_a_part_of_one_is_not_created_in()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(1);
        Assert.Equal("journal_exists", await RefusalAsync(folder, SqliteStoreMode.Create));
        File.Delete(folder.Database);
        Assert.Equal("journal_exists", await RefusalAsync(folder, SqliteStoreMode.Create));
    }

    [Fact]
    public async Task A_creation_that_was_interrupted_is_named()
    {
        using var folder = new DataFolder();
        await (await folder.OpenAsync(SqliteStoreMode.Create)).DisposeAsync();
        await using var store = await folder.OpenAsync(SqliteStoreMode.ReadWrite);
        var error = await Assert.ThrowsAsync<JournalStoreException>(() => store.OpenAsync(Token));
        Assert.Equal("journal_unfinished", error.Code);
    }

    [Theory]
    [InlineData("DELETE FROM head", false)]
    [InlineData("DELETE FROM head", true)]
    [InlineData("DELETE FROM head; DELETE FROM batch", false)]
    [InlineData("DROP TABLE head; CREATE TABLE head(id, bytes); INSERT INTO head VALUES (1, 7)", false)]
    public async Task A_head_that_is_gone_is_no_interrupted_creation(string sql, bool markToo)
    {
        using var folder = new DataFolder();
        await folder.FillAsync(2);
        folder.Execute(sql);
        if (markToo)
        {
            File.Delete(folder.Mark);
        }

        foreach (var mode in new[] { SqliteStoreMode.ReadWrite, SqliteStoreMode.ReadOnly })
        {
            await using var store = await folder.OpenAsync(mode);
            var error = await Assert.ThrowsAsync<JournalStoreException>(() => store.OpenAsync(Token));
            Assert.Equal("head_damaged", error.Code);
            Assert.DoesNotContain("Remove", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_closed_store_stays_closed_and_says_so()
    {
        using var folder = new DataFolder();
        var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        var (next, batch) = maker.Next(1);
        await store.DisposeAsync();
        await store.DisposeAsync();

        var error = await Assert.ThrowsAsync<JournalStoreException>(() => store.OpenAsync(Token));
        Assert.Equal("store_closed", error.Code);
        error = await Assert.ThrowsAsync<JournalStoreException>(
            () => store.CommitAsync(maker.Head, next, batch, Token));
        Assert.Equal("store_closed", error.Code);
        error = await Assert.ThrowsAsync<JournalStoreException>(() => store.PutBlobAsync(new byte[1], Token));
        Assert.Equal("store_closed", error.Code);
    }

    [Fact]
    public async Task A_read_that_ends_after_the_store_leaves_no_connection_open()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(1);
        SqliteReader? used = null;
        var readers = new SqliteReaders(new StoreFolder(folder.Path));
        var size = readers.Read(reader =>
        {
            used = reader;
            readers.Dispose();
            return reader.Head()!.Length;
        });

        Assert.NotEqual(0, size);
        Assert.ThrowsAny<InvalidOperationException>(() => used!.Head());
    }

    [Fact]
    public async Task The_second_opener_is_refused_and_told_who_holds_the_folder()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(1);
        await using (await folder.OpenAsync(SqliteStoreMode.ReadWrite))
        {
            var error = await Assert.ThrowsAsync<JournalStoreException>(
                () => folder.OpenAsync(SqliteStoreMode.ReadWrite));
            Assert.Equal("data_folder_locked", error.Code);
            Assert.Contains($"process {Environment.ProcessId} on ", error.Message, StringComparison.Ordinal);
        }

        await using var free = await folder.OpenAsync(SqliteStoreMode.ReadWrite);
    }

    [Fact]
    public async Task A_reader_works_beside_the_writer_and_changes_nothing()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(3);
        await using var reader = await folder.OpenAsync(SqliteStoreMode.ReadOnly);
        Assert.Equal(4, (await reader.OpenAsync(Token))!.Size);
        await maker.AppendAsync(3);
        Assert.Equal(7, (await reader.OpenAsync(Token))!.Size);
        var (next, batch) = maker.Next(1);
        var error = await Assert.ThrowsAsync<JournalStoreException>(
            () => reader.CommitAsync(maker.Head, next, batch, Token));
        Assert.Equal("store_read_only", error.Code);
    }

    [Theory]
    [InlineData("nfs", false)]
    [InlineData("nfs4", false)]
    [InlineData("cifs", false)]
    [InlineData("smb2", false)]
    [InlineData("smb3", false)]
    [InlineData("SMB", false)]
    [InlineData("fuse", false)]
    [InlineData("fuse.sshfs", false)]
    [InlineData("fuseblk", false)]
    [InlineData("9p", false)]
    [InlineData("v9fs", false)]
    [InlineData("ext4", true)]
    [InlineData("xfs", true)]
    [InlineData("overlay", true)]
    [InlineData("tmpfs", true)]
    public async Task Network_file_systems_are_refused(string format, bool good)
    {
        using var folder = new DataFolder();
        var opening = SqliteJournalStore.OpenFolderAsync(
            folder.Path, SqliteStoreMode.Create, _ => format, TimeProvider.System, Token);
        if (good)
        {
            await (await opening).DisposeAsync();
        }
        else
        {
            Assert.Equal(
                "file_system_refused", (await Assert.ThrowsAsync<JournalStoreException>(() => opening)).Code);
        }
    }

    [Fact]
    public void The_file_system_of_a_folder_is_known() => Assert.NotEmpty(FileSystemRules.FormatOf(Path.GetTempPath()));

    [Fact]
    public async Task Nobody_but_the_owner_may_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are a matter of Unix.");
            return;
        }

        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync(SqliteStoreMode.Create);
        await (await JournalMaker.CreateAsync(store)).AppendAsync(1);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        var files = Directory.GetFiles(folder.Path);
        Assert.Equal(6, files.Length);
        foreach (var file in files)
        {
            Assert.Equal((file, OwnerOnly), (file, File.GetUnixFileMode(file)));
        }
    }

    [Fact]
    public async Task A_file_that_is_no_journal_is_named_as_such()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(1);
        File.WriteAllText(folder.Database, new string('x', 8192));
        Assert.Equal("store_corrupt", await RefusalAsync(folder, SqliteStoreMode.ReadWrite));
        File.WriteAllText(folder.Database, string.Empty);
        Assert.Equal("journal_unknown", await RefusalAsync(folder, SqliteStoreMode.ReadWrite));
    }

    private static async Task<string> RefusalAsync(DataFolder folder, SqliteStoreMode mode) =>
        (await Assert.ThrowsAsync<JournalStoreException>(() => folder.OpenAsync(mode))).Code;
}
