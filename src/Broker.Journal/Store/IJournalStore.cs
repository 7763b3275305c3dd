using Broker.Core.Names;

namespace Broker.Journal.Store;

/// <summary>
/// Where a journal lies. Every failure is a <see cref="JournalStoreException"/>; after a failed commit or put the
/// store refuses everything, because after a failed fsync no retry can be believed.
/// </summary>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>The head, or null where no ledger was created yet.</summary>
    Task<JournalHead?> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Creates the ledger: once, in an empty place, never implied by anything else.</summary>
    /// <exception cref="JournalStoreException"><c>journal_exists</c>: there is a head already.</exception>
    Task CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken);

    /// <summary>
    /// Makes batch, private rows and head durable together if the head is still, byte for byte,
    /// <paramref name="previous"/>.
    /// </summary>
    Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// The batches from the one that holds the position on, in order, up to the newest. The bytes are as stored:
    /// the caller checks them.
    /// </summary>
    IAsyncEnumerable<JournalBatch> ReadBatchesAsync(long fromPosition, CancellationToken cancellationToken);

    /// <summary>Makes a snapshot durable. Only the newest two are kept.</summary>
    Task PutSnapshotAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken);

    /// <summary>A snapshot whose bytes have the hash, or null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> GetSnapshotAsync(SnapshotReference reference, CancellationToken cancellationToken);

    /// <summary>Makes a blob durable and gives its SHA-256. The same bytes again are no change.</summary>
    Task<BlobHash> PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken);

    /// <summary>A blob whose bytes have the hash, or null when there is none.</summary>
    /// <exception cref="JournalStoreException"><c>blob_damaged</c>: the bytes do not have the hash.</exception>
    Task<ReadOnlyMemory<byte>?> GetBlobAsync(BlobHash hash, CancellationToken cancellationToken);

    /// <summary>What is private behind a commitment; null when it was erased or never was.</summary>
    /// <exception cref="JournalStoreException"><c>private_damaged</c>: the value lacks its commitment.</exception>
    Task<PrivateRow?> ReadPrivateAsync(string commitment, CancellationToken cancellationToken);
}
