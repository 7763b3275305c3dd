using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Broker.Journal.Files;
using Broker.Journal.Moving;
using Broker.Journal.Store;
using Microsoft.Data.Sqlite;

namespace Broker.Journal.Sqlite;

/// <summary>
/// A data folder that takes over the journal of another place. Without a head it is no journal that could be served;
/// the mark is made just before the head.
/// </summary>
public sealed class SqliteJournalImport : IJournalImport
{
    private readonly StoreFolder _folder;
    private readonly FolderLock _lock;
    private readonly SqliteConnection _connection;
    private readonly SqliteReader _reader;

    private SqliteJournalImport(StoreFolder folder, FolderLock folderLock, SqliteConnection connection)
    {
        (_folder, _lock, _connection) = (folder, folderLock, connection);
        _reader = new SqliteReader(connection);
    }

    /// <summary>Takes the folder; makes the database, or goes on with that of an earlier try.</summary>
    /// <exception cref="JournalStoreException">
    /// <c>data_folder_locked</c>, <c>file_system_refused</c>, <c>journal_unknown</c> or a <c>store_*</c> code.
    /// </exception>
    public static SqliteJournalImport Open(string path, TimeProvider time)
    {
        var folder = new StoreFolder(Path.GetFullPath(path));
        folder.Create();
        FileSystemRules.Require(folder.Path, FileSystemRules.FormatOf(folder.Path));
        var folderLock = FolderLock.Take(folder.Path, time);
        try
        {
            return new SqliteJournalImport(folder, folderLock, SqliteErrors.Named(() => File.Exists(folder.Database)
                ? SqliteConnections.OpenToWrite(folder)
                : SqliteConnections.Create(folder)));
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<JournalHead?> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(
        SqliteErrors.Named(_reader.Head) is { } bytes ? JournalHeadCodec.Decode(bytes) : null);

    /// <inheritdoc/>
    public Task<long> BeginAsync(string origin, CancellationToken cancellationToken) => Task.FromResult(
        SqliteErrors.Named(() => _reader.BatchesFrom(long.MaxValue)) is [.., var last] ? last.End : 0);

    /// <inheritdoc/>
    public Task PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        Run(
            "INSERT OR IGNORE INTO blob(hash, bytes) VALUES ($1, $2)",
            Convert.ToHexStringLower(SHA256.HashData(blob.Span)),
            blob.ToArray());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PutBatchAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        Run("BEGIN IMMEDIATE");
        Run(
            "INSERT OR REPLACE INTO batch(first, number, lines, leaves) VALUES ($1, $2, $3, $4)",
            batch.First,
            batch.Number,
            BatchBytes.Lines(batch),
            BatchBytes.Leaves(batch));
        foreach (var row in batch.Private)
        {
            Run(
                "INSERT OR REPLACE INTO private(position, commitment, salt, value) VALUES ($1, $2, $3, $4)",
                row.Position,
                row.Commitment,
                row.Salt,
                row.Value);
        }

        Run("COMMIT");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalBatch> ReadBatchesAsync(
        long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromPosition;
        while (SqliteErrors.Named(() => _reader.BatchesFrom(next)) is { Count: > 0 } batches && batches[^1].End > next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var batch in batches.Where(batch => batch.End > fromPosition))
            {
                yield return batch;
            }

            next = batches[^1].End;
            await Task.Yield(); // A long read leaves the thread to others now and then.
        }
    }

    /// <inheritdoc/>
    public Task FinishAsync(JournalHead head, JournalBatch tail, CancellationToken cancellationToken)
    {
        using var mark = MarkFile.Open(_folder.Mark, false) ?? MarkFile.Create(_folder.Mark);
        Run("INSERT INTO head(id, bytes) VALUES (1, $1)", JournalHeadCodec.Encode(head));
        mark.Write(new JournalMark(head.Size, head.Root));
        mark.Flush();
        Run("PRAGMA wal_checkpoint(TRUNCATE)");
        return Task.CompletedTask;
    }

    /// <summary>Lets go of the folder.</summary>
    public ValueTask DisposeAsync()
    {
        _reader.Dispose(); // With the connection.
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run(string sql, params object[] values) => _ = SqliteErrors.Named(() =>
    {
        using var command = new PreparedCommand(_connection, sql, values.Length);
        return command.Run(values);
    }); // The number of rows follows from the statement.
}
