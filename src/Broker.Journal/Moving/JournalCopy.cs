using Broker.Core.Commands;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;

namespace Broker.Journal.Moving;

/// <summary>
/// Moves a ledger to another store. Everything is copied and read back; then the source is sealed, which is its last
/// event; then the sealed end is copied, and only then does the destination get its head. Broken off at any point it
/// can be run again, and at no point can both be served.
/// </summary>
public static class JournalCopy
{
    /// <summary>Copies, seals and finishes; gives the destination's head.</summary>
    /// <exception cref="JournalStoreException">
    /// <c>ledger_missing</c>, <c>journal_exists</c>, <c>import_other</c>, or one of the stores failed.
    /// </exception>
    /// <exception cref="JournalDamagedException">
    /// The source is damaged, or what was copied is not the same (<c>copy_differs</c>).
    /// </exception>
    public static async Task<JournalHead> RunAsync(
        IJournalStore source,
        IJournalImport destination,
        TimeProvider time,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken)
    {
        var from = new CopySource(source);
        var head = await source.OpenAsync(cancellationToken).ConfigureAwait(false) ?? throw new JournalStoreException(
            "ledger_missing", "There is no ledger to copy.");
        var sealedTo = await from.SealedToAsync(head, cancellationToken).ConfigureAwait(false);
        if (await destination.OpenAsync(cancellationToken).ConfigureAwait(false) is { } there)
        {
            return there.Root == head.Root && there.Writer == sealedTo ? there : throw Exists(there);
        }

        var check = new CopyCheck(head, destination, progress);
        if (sealedTo is null)
        {
            sealedTo = LedgerGenesis.NewWriter();
            await SealAsync(from, destination, check, sealedTo, time, progress, cancellationToken)
                .ConfigureAwait(false);
            head = (await source.OpenAsync(cancellationToken).ConfigureAwait(false))!; // It was there.
        }

        var tail = await CopyAsync(from, destination, head, progress, cancellationToken).ConfigureAwait(false);
        await check.RequireAsync(head.Size, head.Root, cancellationToken).ConfigureAwait(false);
        var moved = head with { Writer = sealedTo, Snapshot = null };
        await destination.FinishAsync(moved, tail, cancellationToken).ConfigureAwait(false);
        return moved;
    }

    private static JournalStoreException Exists(JournalHead there) => new(
        "journal_exists", $"The destination holds the ledger '{there.Origin}' already; nothing is overwritten.");

    // The source is led by this process from here on: nobody else writes to it while it is copied.
    private static async Task SealAsync(
        CopySource from,
        IJournalImport destination,
        CopyCheck check,
        string to,
        TimeProvider time,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken)
    {
        await using var writer = await LedgerWriter.StartAsync(
            from.Store, new LedgerWriterSettings(), time, [], cancellationToken).ConfigureAwait(false);
        var head = (await from.Store.OpenAsync(cancellationToken).ConfigureAwait(false))!; // It was just led.
        _ = await CopyAsync(from, destination, head, progress, cancellationToken).ConfigureAwait(false);
        await check.RequireAsync(head.Size, head.Root, cancellationToken).ConfigureAwait(false);
        var outcome = await writer.SubmitAsync(new SealLedger(to), cancellationToken).ConfigureAwait(false);
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The ledger does not let itself be sealed: {refusal.Detail}");
        }

        await writer.StopAsync().ConfigureAwait(false);
    }

    /// <returns>The newest batch.</returns>
    private static async Task<JournalBatch> CopyAsync(
        CopySource from,
        IJournalImport destination,
        JournalHead head,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken)
    {
        var done = await destination.BeginAsync(head.Origin, cancellationToken).ConfigureAwait(false);
        JournalBatch? last = null;
        await foreach (var batch in from.Store.ReadBatchesAsync(Math.Min(done, head.TailFirst), cancellationToken)
                           .ConfigureAwait(false))
        {
            foreach (var blob in await from.BlobsAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                await destination.PutBlobAsync(blob, cancellationToken).ConfigureAwait(false);
            }

            last = await from.WholeAsync(batch, cancellationToken).ConfigureAwait(false);
            await destination.PutBatchAsync(last, cancellationToken).ConfigureAwait(false);
            progress?.Report(new CopyProgress(false, batch.End, head.Size));
        }

        return last ?? throw new JournalDamagedException(
            "journal_short", head.TailFirst, $"The source has no batch at {head.TailFirst}.");
    }
}
