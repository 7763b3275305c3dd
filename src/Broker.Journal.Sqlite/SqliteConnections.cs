using System.Globalization;
using Broker.Journal.Files;
using Broker.Journal.Store;
using Microsoft.Data.Sqlite;

namespace Broker.Journal.Sqlite;

/// <summary>How connections are opened. None ever creates a file: <see cref="Create"/> makes it empty first.</summary>
internal static class SqliteConnections
{
    private const int SchemaVersion = 1;
    private const int ApplicationId = 0x42524B52; // "BRKR"
    private const int BusySeconds = 5;

    private const string Schema = """
        CREATE TABLE head(id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL) STRICT;
        CREATE TABLE batch(
            first INTEGER PRIMARY KEY, number INTEGER NOT NULL, lines BLOB NOT NULL, leaves BLOB NOT NULL) STRICT;
        CREATE TABLE private(
            position INTEGER NOT NULL, commitment TEXT NOT NULL, salt TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (position, commitment)) STRICT, WITHOUT ROWID;
        CREATE INDEX private_by_commitment ON private(commitment);
        CREATE TABLE blob(hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE snapshot(position INTEGER PRIMARY KEY, hash TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
        """;

    /// <summary>Makes the database with its tables and gives the connection that writes.</summary>
    public static SqliteConnection Create(StoreFolder folder)
    {
        // SQLite would make the file readable for everybody; log and shared memory take its mode over.
        new FileStream(folder.Database, OwnerFile.Writing(FileMode.CreateNew, FileShare.None)).Dispose();
        var connection = Open(folder, SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA journal_mode = WAL;");
        ForWriting(connection);
        Execute(connection, "BEGIN IMMEDIATE;" + Schema + string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion}; COMMIT;"));
        return connection;
    }

    /// <summary>The connection that writes.</summary>
    public static SqliteConnection OpenToWrite(StoreFolder folder)
    {
        var connection = Open(folder, SqliteOpenMode.ReadWrite);
        RequireSchema(folder, connection);
        ForWriting(connection);
        return connection;
    }

    /// <summary>A connection that reads, beside the one that writes or alone.</summary>
    public static SqliteConnection OpenToRead(StoreFolder folder)
    {
        var connection = Open(folder, SqliteOpenMode.ReadOnly);
        RequireSchema(folder, connection);
        return connection;
    }

    /// <summary>Runs statements without a result.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery(); // Statements without a row count.
    }

    private static SqliteConnection Open(StoreFolder folder, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = folder.Database,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Checkpoints happen when the store says so: the mark must be durable before the log's content leaves the log.
    private static void ForWriting(SqliteConnection connection) => Execute(
        connection,
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;"
        + "PRAGMA wal_autocheckpoint = 0;");

    private static void RequireSchema(StoreFolder folder, SqliteConnection connection)
    {
        try
        {
            var (application, version) = (Number("application_id"), Number("user_version"));
            if (application != ApplicationId || version != SchemaVersion)
            {
                throw new JournalStoreException(
                    "journal_unknown",
                    $"'{folder.Database}' is not a journal of version {SchemaVersion} (application {application:x}, "
                    + $"version {version}). Use the program that wrote it, or name another folder.");
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        long Number(string pragma)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA {pragma};";
            return (long)command.ExecuteScalar()!;
        }
    }
}
