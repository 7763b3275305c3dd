using Broker.Journal.Store;
using Microsoft.Data.Sqlite;

namespace Broker.Journal.Sqlite;

/// <summary>
/// Failures of SQLite and of files, by our codes. Source of the numbers: https://sqlite.org/rescode.html.
/// </summary>
internal static class SqliteErrors
{
    /// <summary>Runs something and gives its failure a code.</summary>
    /// <exception cref="JournalStoreException">It failed.</exception>
    public static T Named<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (Name(e) is { } named)
        {
            throw named;
        }
    }

    /// <summary>The store was used after its end.</summary>
    public static JournalStoreException Closed() => new("store_closed", "The data folder was closed. Open it again.");

    /// <summary>The failure by our code; null for what is no failure of the store.</summary>
    public static JournalStoreException? Name(Exception error) => error switch
    {
        SqliteException e => Name(e),
        UnauthorizedAccessException => New(
            "store_denied", "The data folder may not be used by this account. Run as its owner", error),
        IOException => New("store_io", "Reading or writing the data folder failed. Look at the disk", error),
        _ => null,
    };

    private static JournalStoreException Name(SqliteException e) => e.SqliteErrorCode switch
    {
        5 or 6 => New("store_busy", "Something else holds the database. Find out what reads or copies it", e),
        8 => New("store_read_only", "The database cannot be written. Look at its permissions and mount", e),
        10 => New("store_io", "Reading or writing the database failed. Look at the disk", e),
        11 or 26 => New("store_corrupt", "The database is damaged. Restore the data folder from a copy", e),
        13 => New("store_full", "The disk is full. Make room", e),
        14 => New("store_open", "The database cannot be opened. Look at the folder and its permissions", e),
        _ => New("store_failed", "The database failed", e),
    };

    private static JournalStoreException New(string code, string message, Exception inner) =>
        new(code, $"{message} ({inner.Message.TrimEnd('.')}).", inner);
}
