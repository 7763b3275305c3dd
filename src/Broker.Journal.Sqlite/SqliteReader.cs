using Broker.Journal.Store;
using Microsoft.Data.Sqlite;

namespace Broker.Journal.Sqlite;

/// <summary>
/// One connection that reads, with its statements. Each read is short: a long one would keep the log from being
/// emptied.
/// </summary>
internal sealed class SqliteReader : IDisposable
{
    private const int BatchesMax = 8;

    private readonly SqliteConnection _connection;
    private readonly PreparedCommand _head;
    private readonly PreparedCommand _batchesFrom;
    private readonly PreparedCommand _blob;
    private readonly PreparedCommand _snapshot;
    private readonly PreparedCommand _private;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _head = new PreparedCommand(connection, "SELECT bytes FROM head WHERE id = 1");
        _batchesFrom = new PreparedCommand(
            connection,
            "SELECT number, first, lines, leaves FROM batch "
            + "WHERE first >= coalesce((SELECT max(first) FROM batch WHERE first <= $1), 0) ORDER BY first LIMIT $2",
            2);
        _blob = new PreparedCommand(connection, "SELECT bytes FROM blob WHERE hash = $1", 1);
        _snapshot = new PreparedCommand(connection, "SELECT bytes FROM snapshot WHERE position = $1 AND hash = $2", 2);
        _private = new PreparedCommand(
            connection, "SELECT position, salt, value FROM private WHERE commitment = $1 LIMIT 1", 1);
    }

    /// <summary>The bytes of the head.</summary>
    public byte[]? Head() => _head.First<byte[]>();

    /// <summary>Some batches, from the one that holds the position, or else begins next, on.</summary>
    public IReadOnlyList<JournalBatch> BatchesFrom(long position)
    {
        var batches = new List<JournalBatch>(BatchesMax);
        using var rows = _batchesFrom.Read(position, (long)BatchesMax);
        while (rows.Read())
        {
            batches.Add(BatchBytes.Read(
                rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3)));
        }

        return batches;
    }

    /// <summary>The bytes of a blob.</summary>
    public byte[]? Blob(string hash) => _blob.First<byte[]>(hash);

    /// <summary>The bytes of a snapshot.</summary>
    public byte[]? Snapshot(SnapshotReference reference) =>
        _snapshot.First<byte[]>(reference.Position, reference.Hash.Value);

    /// <summary>What is behind a commitment.</summary>
    public PrivateRow? Private(string commitment)
    {
        using var rows = _private.Read(commitment);
        return rows.Read() ? new PrivateRow(rows.GetInt64(0), commitment, rows.GetString(1), rows.GetString(2)) : null;
    }

    public void Dispose()
    {
        _head.Dispose();
        _batchesFrom.Dispose();
        _blob.Dispose();
        _snapshot.Dispose();
        _private.Dispose();
        _connection.Dispose();
    }
}
