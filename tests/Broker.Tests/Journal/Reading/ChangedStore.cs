using Broker.Core.Names;
using Broker.Journal.Store;

namespace Broker.Tests.Journal.Reading;

/// <summary>A store whose batches, and perhaps head, are changed on their way out.</summary>
internal sealed class ChangedStore(
    IJournalStore inner, Func<IEnumerable<JournalBatch>, IEnumerable<JournalBatch>> change) : IJournalStore
{
    public JournalHead? Head { get; init; }

    public async Task<JournalHead?> OpenAsync(CancellationToken cancellationToken) =>
        Head ?? await inner.OpenAsync(cancellationToken);

    public async IAsyncEnumerable<JournalBatch> ReadBatchesAsync(
        long fromPosition, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = await inner.ReadBatchesAsync(fromPosition, cancellationToken).ToListAsync(cancellationToken);
        foreach (var batch in change(batches))
        {
            yield return batch;
        }
    }

    public Task CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken) =>
        inner.CreateAsync(head, genesis, cancellationToken);

    public Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken) =>
        inner.CommitAsync(previous, next, batch, cancellationToken);

    public Task PutSnapshotAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken) =>
        inner.PutSnapshotAsync(reference, snapshot, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> GetSnapshotAsync(
        SnapshotReference reference, CancellationToken cancellationToken) =>
        inner.GetSnapshotAsync(reference, cancellationToken);

    public Task<BlobHash> PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken) =>
        inner.PutBlobAsync(blob, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> GetBlobAsync(BlobHash hash, CancellationToken cancellationToken) =>
        inner.GetBlobAsync(hash, cancellationToken);

    public Task<PrivateRow?> ReadPrivateAsync(string commitment, CancellationToken cancellationToken) =>
        inner.ReadPrivateAsync(commitment, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
