using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Journal.Events;
using Broker.Journal.Reading;
using Broker.Journal.Store;

namespace Broker.Journal.Moving;

/// <summary>The journal that is copied: batches with their private rows and the blobs that they name.</summary>
internal sealed class CopySource(IJournalStore store)
{
    public IJournalStore Store => store;

    /// <summary>Where the journal was sealed to, if it was; reads and checks all of it.</summary>
    public async Task<string?> SealedToAsync(JournalHead head, CancellationToken cancellationToken)
    {
        var replay = new JournalReplay(head, (store as IMarkedStore)?.Mark);
        await foreach (var batch in store.ReadBatchesAsync(0, cancellationToken).ConfigureAwait(false))
        {
            _ = replay.Take(batch); // Its events are of no interest here.
        }

        replay.Finish();
        return replay.IsSealed ? replay.SealedTo : null;
    }

    /// <summary>A batch as it was committed: read back, it lacks its private rows.</summary>
    public async Task<JournalBatch> WholeAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        var rows = new List<PrivateRow>();
        for (var i = 0; i < batch.Lines.Count; i++)
        {
            foreach (var commitment in EventCodec.Commitments(EventCodec.Decode(batch.Lines[i].Span)))
            {
                if (await store.ReadPrivateAsync(commitment, cancellationToken).ConfigureAwait(false) is { } row)
                {
                    rows.Add(row with { Position = batch.First + i });
                }
            }
        }

        return batch with { Private = rows };
    }

    /// <summary>The blobs that a batch names.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> BlobsAsync(
        JournalBatch batch, CancellationToken cancellationToken)
    {
        var blobs = new List<ReadOnlyMemory<byte>>();
        foreach (var line in batch.Lines)
        {
            foreach (var hash in Named(EventCodec.Decode(line.Span).Event))
            {
                // A certificate may be known by its hash alone; a request that is missing is the verifier's to find.
                if (await store.GetBlobAsync(hash, cancellationToken).ConfigureAwait(false) is { } blob)
                {
                    blobs.Add(blob);
                }
            }
        }

        return blobs;
    }

    private static IEnumerable<BlobHash> Named(LedgerEvent e) => e switch
    {
        CsrObserved observed => [observed.Request],
        CertificateWitnessed witnessed => [BlobHash.Parse(witnessed.Certificate.Value)],
        CertificateAdopted adopted => [BlobHash.Parse(adopted.Certificate.Value)],
        _ => [],
    };
}
