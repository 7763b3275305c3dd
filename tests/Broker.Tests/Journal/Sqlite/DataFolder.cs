using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Microsoft.Data.Sqlite;

namespace Broker.Tests.Journal.Sqlite;

/// <summary>A data folder that is removed at the end.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("broker-journal-");

    public string Path => System.IO.Path.Combine(_parent.FullName, "data");

    public string Database => System.IO.Path.Combine(Path, "journal.db");

    public string Log => Database + "-wal";

    public string Mark => System.IO.Path.Combine(Path, "journal.mark");

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public Task<SqliteJournalStore> OpenAsync(SqliteStoreMode mode) =>
        SqliteJournalStore.OpenFolderAsync(Path, mode, Token);

    /// <summary>What a crash at this moment would leave: the files as they are, without closing anything.</summary>
    public DataFolder Crash()
    {
        var copy = new DataFolder();
        Directory.CreateDirectory(copy.Path);
        foreach (var name in new[] { "journal.db", "journal.db-wal", "journal.mark" })
        {
            var from = System.IO.Path.Combine(Path, name);
            if (File.Exists(from))
            {
                using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var target = File.Create(System.IO.Path.Combine(copy.Path, name));
                source.CopyTo(target);
            }
        }

        return copy;
    }

    /// <summary>A folder whose ledger has so many events in batches of two, closed in good order.</summary>
    public async Task<JournalHead> FillAsync(int batches)
    {
        await using var store = await OpenAsync(SqliteStoreMode.Create);
        var maker = await Store.JournalMaker.CreateAsync(store);
        for (var i = 0; i < batches; i++)
        {
            await maker.AppendAsync(2);
        }

        return maker.Head;
    }

    /// <summary>Changes the database behind the store's back.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery(); // Whatever it changed.
    }

    /// <summary>Flips one bit of a file.</summary>
    public static void Flip(string file, long at, int bit = 0)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(file, bytes);
    }

    public void Dispose() => _parent.Delete(true);
}
