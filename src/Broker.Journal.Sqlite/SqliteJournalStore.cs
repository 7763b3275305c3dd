using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Journal.Files;
using Broker.Journal.Store;

namespace Broker.Journal.Sqlite;

/// <summary>
/// A journal in a folder of a local disk: <c>journal.db</c> (SQLite), <c>journal.mark</c> and <c>journal.lock</c>.
/// </summary>
public sealed class SqliteJournalStore : IJournalStore, IMarkedStore
{
    private readonly StoreFolder _folder;
    private readonly SqliteStoreMode _mode;
    private readonly FolderLock? _lock;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter? _writer;
    private readonly WriteThread? _thread;
    private int _disposed;

    private SqliteJournalStore(
        StoreFolder folder, SqliteStoreMode mode, FolderLock? folderLock, SqliteWriter? writer, JournalMark? mark)
    {
        (_folder, _mode, _lock, _writer, Mark) = (folder, mode, folderLock, writer, mark);
        _readers = new SqliteReaders(folder);
        _thread = writer is null ? null : new WriteThread(writer.CheckpointIfLarge);
    }

    /// <inheritdoc/>
    public JournalMark? Mark { get; }

    /// <summary>Opens a data folder. Only <see cref="SqliteStoreMode.Create"/> makes anything.</summary>
    /// <exception cref="JournalStoreException">
    /// <c>journal_missing</c>, <c>journal_exists</c>, <c>journal_unknown</c>, <c>data_folder_locked</c>,
    /// <c>file_system_refused</c>, <c>mark_damaged</c> or a <c>store_*</c> code.
    /// </exception>
    public static Task<SqliteJournalStore> OpenFolderAsync(
        string folder, SqliteStoreMode mode, CancellationToken cancellationToken) =>
        OpenFolderAsync(folder, mode, FileSystemRules.FormatOf, TimeProvider.System, cancellationToken);

    /// <inheritdoc/>
    public Task<JournalHead?> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var head = _readers.Read(r => r.Head()) is { } bytes ? JournalHeadCodec.Decode(bytes) : null;
        if (_mode != SqliteStoreMode.Create)
        {
            HeadRules.Require(_folder, head, Mark, () => _readers.Read(r => r.BatchesFrom(0)).Count > 0);
        }

        return Task.FromResult(head);
    }

    /// <inheritdoc/>
    public async Task CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken)
    {
        genesis.CheckLimits();
        cancellationToken.ThrowIfCancellationRequested();
        if (!await WriteAsync(w => w.Create(head, genesis)).ConfigureAwait(false))
        {
            throw new JournalStoreException("journal_exists", $"There is a ledger in '{_folder.Path}' already.");
        }
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken)
    {
        previous.CheckNext(next, batch);
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(w => w.Commit(previous, next, batch));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalBatch> ReadBatchesAsync(
        long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromPosition;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = next;
            foreach (var batch in _readers.Read(r => r.BatchesFrom(from)))
            {
                // A batch that is damaged may have any number of lines: positions follow from its hashes.
                var end = batch.First + Math.Max(1, batch.Leaves.Count);
                if (end > next)
                {
                    yield return batch;
                    next = end;
                }
            }

            if (next == from)
            {
                yield break;
            }

            await Task.Yield(); // A long read leaves the thread to others now and then.
        }
    }

    /// <inheritdoc/>
    public async Task PutSnapshotAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        if (HashOf(snapshot.Span) != reference.Hash)
        {
            throw new ArgumentException("The bytes do not have the hash of the reference.", nameof(snapshot));
        }

        cancellationToken.ThrowIfCancellationRequested();
        _ = await WriteAsync(w => w.PutSnapshot(reference, snapshot.ToArray())).ConfigureAwait(false); // Those dropped.
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> GetSnapshotAsync(
        SnapshotReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = _readers.Read(r => r.Snapshot(reference));
        return Task.FromResult(bytes is null || HashOf(bytes) != reference.Hash ? null : (ReadOnlyMemory<byte>?)bytes);
    }

    /// <inheritdoc/>
    public async Task<BlobHash> PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blob.Length, JournalLimits.BlobBytesMax, nameof(blob));
        cancellationToken.ThrowIfCancellationRequested();
        var hash = HashOf(blob.Span);
        _ = await WriteAsync(w => w.PutBlob(hash.Value, blob.ToArray())).ConfigureAwait(false); // 0: it was there.
        return hash;
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> GetBlobAsync(BlobHash hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = _readers.Read(r => r.Blob(hash.Value));
        return bytes is null || HashOf(bytes) == hash
            ? Task.FromResult(bytes is null ? null : (ReadOnlyMemory<byte>?)bytes)
            : throw new JournalStoreException(
                "blob_damaged", $"The blob {hash} lacks its hash. Restore the data folder from a copy.");
    }

    /// <inheritdoc/>
    public Task<PrivateRow?> ReadPrivateAsync(string commitment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_readers.Read(r => r.Private(commitment)) is not { } row)
        {
            return Task.FromResult<PrivateRow?>(null);
        }

        return PrivateText.Seal(row.Value, Convert.FromHexString(row.Salt)).Commitment == commitment
            ? Task.FromResult<PrivateRow?>(row)
            : throw new JournalStoreException(
                "private_damaged", $"The private value of {commitment} does not have its commitment any more.");
    }

    /// <summary>Finishes what was asked for, empties the log, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        if (_thread is not null)
        {
            await Task.Run(_thread.Dispose).ConfigureAwait(false);
        }

        _readers.Dispose();
        _writer?.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Opens a data folder; tests say what file system it lies on.</summary>
    internal static async Task<SqliteJournalStore> OpenFolderAsync(
        string path,
        SqliteStoreMode mode,
        Func<string, string> formatOf,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = new StoreFolder(Path.GetFullPath(path));
        return await Task.Run(() => SqliteErrors.Named(() => Open(folder, mode, formatOf, time)), cancellationToken)
            .ConfigureAwait(false);
    }

    private static SqliteJournalStore Open(
        StoreFolder folder, SqliteStoreMode mode, Func<string, string> formatOf, TimeProvider time)
    {
        if (mode == SqliteStoreMode.Create)
        {
            folder.Create();
        }
        else
        {
            folder.RequireJournal();
        }

        FileSystemRules.Require(folder.Path, formatOf(folder.Path));
        if (mode == SqliteStoreMode.ReadOnly)
        {
            // The mark first: read after it, the database of a running writer can only be ahead of it.
            using var read = MarkFile.Open(folder.Mark, true);
            SqliteConnections.OpenToRead(folder).Dispose();
            return new SqliteJournalStore(folder, mode, null, null, read?.Mark);
        }

        var folderLock = FolderLock.Take(folder.Path, time);
        MarkFile? mark = null;
        try
        {
            if (mode == SqliteStoreMode.Create)
            {
                folder.RequireEmpty();
                var made = SqliteConnections.Create(folder);
                return new SqliteJournalStore(folder, mode, folderLock, new SqliteWriter(folder, made, null), null);
            }

            mark = MarkFile.Open(folder.Mark, false);
            var writer = new SqliteWriter(folder, SqliteConnections.OpenToWrite(folder), mark);
            return new SqliteJournalStore(folder, mode, folderLock, writer, mark?.Mark);
        }
        catch
        {
            mark?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <exception cref="JournalStoreException">
    /// <c>store_closed</c>, <c>store_read_only</c>, or what the task fails with.
    /// </exception>
    private Task<T> WriteAsync<T>(Func<SqliteWriter, T> write) => _thread is { } thread && _writer is { } writer
        ? thread.RunAsync(() => write(writer))
        : throw new JournalStoreException("store_read_only", "The data folder was opened for reading only.");

    private static BlobHash HashOf(ReadOnlySpan<byte> bytes) =>
        BlobHash.Parse(Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
