using Broker.Journal.Store;

namespace Broker.Journal.Moving;

/// <summary>
/// A place that takes over the journal of another one. Until <see cref="FinishAsync"/> it has no head, so nobody can
/// serve it; what was put is there when the copy is tried again.
/// </summary>
public interface IJournalImport : IAsyncDisposable
{
    /// <summary>The head, if a copy was finished here or a ledger lives here.</summary>
    Task<JournalHead?> OpenAsync(CancellationToken cancellationToken);

    /// <summary>How many events are here from an earlier try.</summary>
    /// <exception cref="JournalStoreException"><c>import_other</c>: that try was of another ledger.</exception>
    Task<long> BeginAsync(string origin, CancellationToken cancellationToken);

    /// <summary>Makes a blob durable.</summary>
    Task PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken);

    /// <summary>Makes a batch with its private rows durable; the same again is no change.</summary>
    Task PutBatchAsync(JournalBatch batch, CancellationToken cancellationToken);

    /// <summary>The batches that are here, from the one that holds the position on.</summary>
    IAsyncEnumerable<JournalBatch> ReadBatchesAsync(long fromPosition, CancellationToken cancellationToken);

    /// <summary>Creates the head: from then on this is the ledger.</summary>
    /// <exception cref="JournalStoreException"><c>journal_exists</c>: there is a head already.</exception>
    Task FinishAsync(JournalHead head, JournalBatch tail, CancellationToken cancellationToken);
}
