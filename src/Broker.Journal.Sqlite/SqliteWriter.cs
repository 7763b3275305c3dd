using Broker.Journal.Files;
using Broker.Journal.Store;
using Microsoft.Data.Sqlite;

namespace Broker.Journal.Sqlite;

/// <summary>
/// The connection that writes, with its statements and the mark. One thread uses it. Its first failure is its last
/// use: after a failed fsync nothing it says can be believed.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const long CheckpointBytes = 4 * 1024 * 1024;
    private const long TruncateFrames = 16 * 1024;
    private const int RowBytesGuess = 3 * 4096;

    private readonly SqliteConnection _connection;
    private readonly StoreFolder _folder;
    private readonly PreparedCommand _begin;
    private readonly PreparedCommand _commit;
    private readonly PreparedCommand _rollback;
    private readonly PreparedCommand _firstHead;
    private readonly PreparedCommand _swapHead;
    private readonly PreparedCommand _batch;
    private readonly PreparedCommand _private;
    private readonly PreparedCommand _blob;
    private readonly PreparedCommand _snapshot;
    private readonly PreparedCommand _oldSnapshots;

    private MarkFile? _mark;
    private JournalStoreException? _failure;
    private long _bytesSinceCheckpoint;

    public SqliteWriter(StoreFolder folder, SqliteConnection connection, MarkFile? mark)
    {
        (_folder, _connection, _mark) = (folder, connection, mark);
        _begin = new PreparedCommand(connection, "BEGIN IMMEDIATE");
        _commit = new PreparedCommand(connection, "COMMIT");
        _rollback = new PreparedCommand(connection, "ROLLBACK");
        _firstHead = new PreparedCommand(
            connection, "INSERT INTO head(id, bytes) VALUES (1, $1) ON CONFLICT DO NOTHING", 1);
        _swapHead = new PreparedCommand(connection, "UPDATE head SET bytes = $1 WHERE id = 1 AND bytes = $2", 2);
        _batch = new PreparedCommand(
            connection, "INSERT INTO batch(first, number, lines, leaves) VALUES ($1, $2, $3, $4)", 4);
        _private = new PreparedCommand(
            connection, "INSERT INTO private(position, commitment, salt, value) VALUES ($1, $2, $3, $4)", 4);
        _blob = new PreparedCommand(
            connection, "INSERT INTO blob(hash, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING", 2);
        _snapshot = new PreparedCommand(
            connection, "INSERT OR REPLACE INTO snapshot(position, hash, bytes) VALUES ($1, $2, $3)", 3);
        _oldSnapshots = new PreparedCommand(
            connection,
            "DELETE FROM snapshot "
            + "WHERE position NOT IN (SELECT position FROM snapshot ORDER BY position DESC LIMIT 2)");
    }

    /// <summary>Writes head and genesis, if there is no head.</summary>
    public bool Create(JournalHead head, JournalBatch genesis) => Guard(() =>
    {
        _mark ??= MarkFile.Create(_folder.Mark);
        if (!Append(() => _firstHead.Run(JournalHeadCodec.Encode(head)), genesis))
        {
            return false;
        }

        MoveMark(head);
        Checkpoint();
        return true;
    });

    /// <summary>Writes head and batch, if the head is still the previous one.</summary>
    public CommitResult Commit(JournalHead previous, JournalHead next, JournalBatch batch) => Guard(() =>
    {
        var (was, becomes) = (JournalHeadCodec.Encode(previous), JournalHeadCodec.Encode(next));
        if (!Append(() => _swapHead.Run(becomes, was), batch))
        {
            return CommitResult.Superseded;
        }

        MoveMark(next);
        return CommitResult.Committed;
    });

    /// <summary>Writes a blob.</summary>
    public int PutBlob(string hash, byte[] bytes) => Guard(() =>
    {
        _bytesSinceCheckpoint += bytes.Length + RowBytesGuess;
        return _blob.Run(hash, bytes);
    });

    /// <summary>Writes a snapshot and lets go of all but the newest two.</summary>
    public int PutSnapshot(SnapshotReference reference, byte[] bytes) => Guard(() =>
    {
        _ = _begin.Run(); // No rows.
        _ = _snapshot.Run(reference.Position, reference.Hash.Value, bytes); // One row, new or replaced.
        var dropped = _oldSnapshots.Run();
        _ = _commit.Run(); // No rows.
        _bytesSinceCheckpoint += bytes.Length;
        return dropped;
    });

    /// <summary>
    /// Moves the log into the database when it has grown. Run after the answer; a failure is the answer to the next
    /// write.
    /// </summary>
    public void CheckpointIfLarge()
    {
        if (_bytesSinceCheckpoint >= CheckpointBytes)
        {
            CheckpointOrFail();
        }
    }

    public void Dispose()
    {
        CheckpointOrFail();
        foreach (var command in (ReadOnlySpan<PreparedCommand>)
            [_begin, _commit, _rollback, _firstHead, _swapHead, _batch, _private, _blob, _snapshot, _oldSnapshots])
        {
            command.Dispose();
        }

        _connection.Dispose();
        _mark?.Dispose();
    }

    private bool Append(Func<int> swapHead, JournalBatch batch)
    {
        _ = _begin.Run(); // No rows.
        if (swapHead() != 1)
        {
            _ = _rollback.Run(); // No rows.
            return false;
        }

        var (lines, leaves) = (BatchBytes.Lines(batch), BatchBytes.Leaves(batch));
        _ = _batch.Run(batch.First, batch.Number, lines, leaves); // One row, or it throws.
        foreach (var row in batch.Private)
        {
            _ = _private.Run(row.Position, row.Commitment, row.Salt, row.Value); // One row, or it throws.
        }

        _ = _commit.Run(); // No rows.
        _bytesSinceCheckpoint += lines.Length + leaves.Length + RowBytesGuess;
        return true;
    }

    private void MoveMark(JournalHead head) => _mark!.Write(new JournalMark(head.Size, head.Root));

    // The mark goes first: once a frame has left the log, only the mark could tell that frames after it are missing.
    private void Checkpoint()
    {
        _mark?.Flush();
        var frames = Checkpoint("PASSIVE");
        if (frames > TruncateFrames)
        {
            _ = Checkpoint("TRUNCATE"); // As far as readers let it; the next one goes on.
        }

        _bytesSinceCheckpoint = 0;
    }

    private void CheckpointOrFail()
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            Checkpoint();
        }
        catch (Exception e) when (SqliteErrors.Name(e) is { } named)
        {
            _failure = named;
        }
    }

    private long Checkpoint(string mode)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode});";
        using var row = command.ExecuteReader();
        return row.Read() ? row.GetInt64(1) : 0;
    }

    private T Guard<T>(Func<T> action)
    {
        if (_failure is not null)
        {
            throw new JournalStoreException(_failure.Code, _failure.Message, _failure);
        }

        try
        {
            return SqliteErrors.Named(action);
        }
        catch (JournalStoreException e)
        {
            _failure = e;
            throw;
        }
    }
}
