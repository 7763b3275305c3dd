using Broker.Core;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Journal.Store;
using Broker.Journal.Tree;

namespace Broker.Journal.Reading;

/// <summary>Re-reads a whole journal and says whether it is what was written.</summary>
public static class JournalVerifier
{
    /// <summary>
    /// Checks each line's hash and canonical form, positions without gaps, times, <c>prev</c>, the blobs that are
    /// named, that each event may follow those before it, the invariants of the state at the end, and the root against
    /// head and mark. Never throws for what is wrong with the journal.
    /// </summary>
    /// <param name="store">The journal; one that grows meanwhile is checked up to its head at the beginning.</param>
    /// <param name="progress">Told the number of good events, once a batch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<VerificationResult> VerifyAsync(
        IJournalStore store, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        JournalReplay? replay = null;
        try
        {
            var head = await store.OpenAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new JournalStoreException("ledger_missing", "There is no ledger here.");
            replay = new JournalReplay(head, (store as IMarkedStore)?.Mark);
            await ReadAsync(store, head, replay, progress, cancellationToken).ConfigureAwait(false);
            replay.Finish();
            return new VerificationResult(head.Size, head.Root, null);
        }
        catch (JournalDamagedException e)
        {
            return Faulty(replay, new VerificationFault(e.Code, e.Position, e.Message));
        }
        catch (JournalStoreException e)
        {
            // The database says so itself: what lies before the place where it stopped is good.
            return Faulty(replay, new VerificationFault(e.Code, e.Position ?? replay?.Range.Size, e.Message));
        }
    }

    private static VerificationResult Faulty(JournalReplay? replay, VerificationFault fault) =>
        new(replay?.Range.Size ?? 0, replay?.Range.Root() ?? Merkle.EmptyRoot, fault);

    private static async Task ReadAsync(
        IJournalStore store,
        JournalHead head,
        JournalReplay replay,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var (chain, ledger) = (new ChainCheck(), new Ledger());
        await foreach (var batch in store.ReadBatchesAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (replay.Range.Size >= head.Size)
            {
                break; // Written since.
            }

            var facts = replay.Take(batch);
            for (var i = 0; i < facts.Count; i++)
            {
                chain.Take(batch.First + i, facts[i]);
                await RequireBlobAsync(store, batch.First + i, facts[i], cancellationToken).ConfigureAwait(false);
            }

            LedgerReplay.Apply(ledger, batch.First, facts);
            progress?.Report(replay.Range.Size);
        }

        LedgerReplay.Finish(ledger);
    }

    private static async Task RequireBlobAsync(
        IJournalStore store, long position, Fact fact, CancellationToken cancellationToken)
    {
        if (fact.Event is not CsrObserved observed)
        {
            return;
        }

        try
        {
            if (await store.GetBlobAsync(observed.Request, cancellationToken).ConfigureAwait(false) is null)
            {
                throw new JournalDamagedException(
                    "blob_missing",
                    position,
                    $"Position {position} names the blob {observed.Request}, which is missing.");
            }
        }
        catch (JournalStoreException e)
        {
            throw new JournalDamagedException(e.Code, position, $"Position {position}: {e.Message}", e);
        }
    }
}
