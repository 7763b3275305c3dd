using Broker.Journal.Store;

namespace Broker.Journal.Sqlite;

/// <summary>The files of a data folder. Nobody but the owner may read them.</summary>
internal sealed record StoreFolder(string Path)
{
    private const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The database; SQLite adds <c>-wal</c> and <c>-shm</c> beside it.</summary>
    public string Database => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>The mark.</summary>
    public string Mark => System.IO.Path.Combine(Path, "journal.mark");

    /// <summary>Makes the folder, if it is not there.</summary>
    public void Create()
    {
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(Path)
            : Directory.CreateDirectory(Path, FolderMode); // The information object is of no use here.
    }

    /// <summary>Refuses a folder in which a journal lies, whole or in part.</summary>
    /// <exception cref="JournalStoreException"><c>journal_exists</c>.</exception>
    public void RequireEmpty()
    {
        if (File.Exists(Database) || File.Exists(Mark))
        {
            throw new JournalStoreException(
                "journal_exists",
                $"There is a journal in '{Path}' already. Use it, or name another folder; nothing is overwritten.");
        }
    }

    /// <summary>Refuses a folder without a journal.</summary>
    /// <exception cref="JournalStoreException"><c>journal_missing</c>.</exception>
    public void RequireJournal()
    {
        if (!File.Exists(Database))
        {
            throw new JournalStoreException(
                "journal_missing",
                $"There is no journal in '{Path}'. Create one with 'broker init', or name its folder.");
        }
    }
}
