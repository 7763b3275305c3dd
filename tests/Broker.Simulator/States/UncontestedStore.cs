using Broker.Core.Names;
using Broker.Journal.Store;
using Broker.Simulator.Planting;

namespace Broker.Simulator.States;

/// <summary>A store that does not say that others may write, too (<see cref="Plant.NoLookAtHead"/>).</summary>
internal sealed class UncontestedStore(IJournalStore store) : IJournalStore
{
    public Task<JournalHead?> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public Task CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken) =>
        store.CreateAsync(head, genesis, cancellationToken);

    public Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken) =>
        store.CommitAsync(previous, next, batch, cancellationToken);

    public IAsyncEnumerable<JournalBatch> ReadBatchesAsync(long fromPosition, CancellationToken cancellationToken) =>
        store.ReadBatchesAsync(fromPosition, cancellationToken);

    public Task PutSnapshotAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken) =>
        store.PutSnapshotAsync(reference, snapshot, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> GetSnapshotAsync(
        SnapshotReference reference, CancellationToken cancellationToken) =>
        store.GetSnapshotAsync(reference, cancellationToken);

    public Task<BlobHash> PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken) =>
        store.PutBlobAsync(blob, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> GetBlobAsync(BlobHash hash, CancellationToken cancellationToken) =>
        store.GetBlobAsync(hash, cancellationToken);

    public Task<PrivateRow?> ReadPrivateAsync(string commitment, CancellationToken cancellationToken) =>
        store.ReadPrivateAsync(commitment, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
