using Broker.Journal.Store;
using Broker.Journal.Tree;

namespace Broker.Journal.Writing;

/// <summary>Appends batches: tree, next head, compare-and-swap. The first failure is the last commit.</summary>
internal sealed class JournalAppender(IJournalStore store, JournalHead head, CompactRange range)
{
    /// <summary>The head that is durable.</summary>
    public JournalHead Head { get; private set; } = head;

    /// <summary>What of the head may leave the process.</summary>
    public DurableHead Durable => new(Head.Origin, Head.Epoch, Head.Size, Head.Root);

    /// <summary>
    /// Makes the batch durable under the epoch and writer of this process; the durable head then. One at a time.
    /// </summary>
    /// <exception cref="WriterStoppedException">The store failed, or another writer took over: final.</exception>
    public async Task<DurableHead> AppendAsync(BatchBuilder builder, long epoch, string writer)
    {
        var batch = builder.Build(Head.BatchNumber + 1);
        foreach (var leaf in batch.Leaves)
        {
            range.Append(leaf);
        }

        var next = (Head with { Epoch = epoch, Writer = writer }).After(batch, range);
        var result = await CommitAsync(next, batch).ConfigureAwait(false);
        Head = result == CommitResult.Committed ? next : throw Superseded();
        return Durable;
    }

    /// <summary>
    /// Makes sure that nobody else had taken over before now, where somebody could: what is answered next was decided
    /// on the newest state.
    /// </summary>
    /// <exception cref="WriterStoppedException">Somebody had, or it cannot be told: final.</exception>
    public async Task<DurableHead> ConfirmAsync() =>
        store is not IContestedStore contested || await LeadsAsync(contested).ConfigureAwait(false)
            ? Durable
            : throw Superseded();

    private static WriterStoppedException Superseded() => new(
        "superseded", "Another writer took over this ledger; what was not answered was not written by this one.");

    private async Task<bool> LeadsAsync(IContestedStore contested)
    {
        try
        {
            return await contested.LeadsAsync(Head, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalStoreException e)
        {
            throw new WriterStoppedException(
                "store_failed", $"The head could not be read ({e.Code}): {e.Message} Start again after that.", e);
        }
    }

    private async Task<CommitResult> CommitAsync(JournalHead next, JournalBatch batch)
    {
        try
        {
            // Not cancellable: once bytes were sent, their fate must be known.
            return await store.CommitAsync(Head, next, batch, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalStoreException e)
        {
            throw new WriterStoppedException(
                "store_failed",
                $"A commit failed ({e.Code}), and no retry can be believed: {e.Message} Start again after that.",
                e);
        }
    }
}
