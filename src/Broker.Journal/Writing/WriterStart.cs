using Broker.Core;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Time;
using Broker.Journal.Reading;
using Broker.Journal.Store;

namespace Broker.Journal.Writing;

/// <summary>The start of a writer: replay, check, take over.</summary>
internal static class WriterStart
{
    /// <summary>Replays the journal into the ledger, tells the observers, and checks head and mark.</summary>
    public static async Task<JournalAppender> ReplayAsync(
        IJournalStore store,
        Ledger ledger,
        IReadOnlyList<IDurableObserver> observers,
        CancellationToken cancellationToken)
    {
        var head = await store.OpenAsync(cancellationToken).ConfigureAwait(false) ?? throw new JournalStoreException(
            "ledger_missing", "There is no ledger here. Create one with 'broker init'.");
        var replay = new JournalReplay(head, (store as IMarkedStore)?.Mark);
        await foreach (var batch in store.ReadBatchesAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (store is IContestedStore && batch.First >= head.Size)
            {
                break; // Another writer took over since the head was read; the first commit here will find out.
            }

            var facts = replay.Take(batch);
            LedgerReplay.Apply(ledger, batch.First, facts);
            Tell(observers, batch.First, facts);
        }

        replay.Finish();
        if (replay.IsSealed)
        {
            throw new JournalStoreException(
                "ledger_sealed",
                $"This ledger was moved: it goes on where its head has the writer {replay.SealedTo}. Serve it there; "
                + "if the move was broken off, run 'broker journal copy' again.");
        }

        return new JournalAppender(store, head, replay.Range);
    }

    /// <summary>Takes over: the next epoch and its <c>ledger.led</c> in one commit.</summary>
    public static async Task<(long Epoch, string Writer)> LeadAsync(
        JournalAppender appender, Ledger ledger, LedgerClock clock, IReadOnlyList<IDurableObserver> observers)
    {
        var (epoch, writer) = (appender.Head.Epoch + 1, LedgerGenesis.NewWriter());
        var now = clock.Now();
        var decision = ledger.Decide(new LeadLedger(epoch, writer), now);
        if (decision.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The state refuses epoch {epoch}: {refusal.Detail}");
        }

        var batch = new BatchBuilder(ledger.Size);
        batch.Add(EncodedFacts.Of(decision.Facts));
        Apply(ledger, decision.Facts, now.Ledger);
        _ = await appender.AppendAsync(batch, epoch, writer).ConfigureAwait(false); // The appender knows it, too.
        Tell(observers, batch.First, batch.Facts);
        return (epoch, writer);
    }

    /// <summary>Applies facts at the next positions.</summary>
    public static void Apply(Ledger ledger, IReadOnlyList<Fact> facts, LedgerTime now)
    {
        foreach (var fact in facts)
        {
            ledger.Apply(ledger.Size, fact, now);
        }
    }

    /// <summary>Tells the observers of durable facts.</summary>
    public static void Tell(IReadOnlyList<IDurableObserver> observers, long first, IReadOnlyList<Fact> facts)
    {
        foreach (var observer in observers)
        {
            observer.OnDurable(first, facts);
        }
    }
}
