using Broker.Core;
using Broker.Journal.Store;

namespace Broker.Journal.Writing;

/// <summary>
/// The one loop that decides and commits. Group commit without delay: what queued while a commit was in flight is the
/// next batch. Answers, refusals and reads alike are told after the commit of all that they saw (I7).
/// </summary>
internal sealed class WriterLoop(
    Ledger ledger,
    JournalAppender appender,
    (long Epoch, string Writer) reign,
    LedgerClock clock,
    IReadOnlyList<IDurableObserver> observers,
    WorkQueue queue,
    DurableSignal durable)
{
    private readonly Queue<Work> _taken = new();
    private BatchBuilder _batch = new(ledger.Size);
    private Work? _current;

    /// <summary>Runs until the queue is closed and drained, or a failure, which is final.</summary>
    /// <exception cref="WriterStoppedException">It failed; everybody who waited was told the same.</exception>
    public async Task RunAsync()
    {
        try
        {
            while (await TakeAsync().ConfigureAwait(false))
            {
                while (_taken.TryDequeue(out var work))
                {
                    if (work.TryBegin())
                    {
                        _current = work;
                        await DoAsync(work).ConfigureAwait(false);
                    }
                }

                await CommitAsync().ConfigureAwait(false);
            }

            durable.Stop(Stopped());
        }
        catch (Exception e)
        {
            var reason = e as WriterStoppedException
                ?? new WriterStoppedException("writer_failed", $"The writer failed, which is a bug: {e.Message}", e);
            await FailAllAsync(reason).ConfigureAwait(false);
            throw reason;
        }
    }

    /// <summary>What is said to those who come after a stop that was asked for.</summary>
    public static WriterStoppedException Stopped() =>
        new("stopped", "The writer was asked to stop; this was not taken. Ask again when it has started.");

    private async ValueTask<bool> TakeAsync()
    {
        foreach (var work in await queue.TakeAsync(JournalLimits.BatchEventsMax).ConfigureAwait(false))
        {
            _taken.Enqueue(work);
        }

        return _taken.Count > 0;
    }

    private async ValueTask DoAsync(Work work)
    {
        var now = clock.Now();
        work.Times = work.Times with { BegunAt = clock.Timestamp() };
        var learned = work.Run(ledger, now);
        work.Times = work.Times with { DecidedAt = clock.Timestamp() };
        if (learned is { } decision && Encode(work, decision) is { } facts)
        {
            if (facts.TooLarge() is { } refusal)
            {
                work.Refuse(refusal);
            }
            else
            {
                if (!_batch.Fits(facts))
                {
                    await CommitAsync().ConfigureAwait(false);
                }

                WriterStart.Apply(ledger, facts.Facts, now.Ledger);
                _batch.Add(facts);
            }
        }

        _batch.Add(work);
    }

    // Nothing was applied yet: a decision that cannot be written must not take the ledger away from everybody.
    private static EncodedFacts? Encode(Work work, Decision decision)
    {
        try
        {
            return EncodedFacts.Of(decision.Facts);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            work.Break(e);
            return null;
        }
    }

    private async ValueTask CommitAsync()
    {
        var batch = _batch;
        if (batch.Facts.Count > 0)
        {
            var committing = clock.Timestamp();
            await appender.AppendAsync(batch, reign.Epoch, reign.Writer).ConfigureAwait(false);
            Stamp(batch, committing);
            WriterStart.Tell(observers, batch.First, batch.Facts);
            durable.Publish(appender.Durable);
        }
        else if (batch.Works.Count > 0)
        {
            await appender.ConfirmAsync().ConfigureAwait(false);
        }

        foreach (var work in batch.Works)
        {
            work.Answer();
        }

        _batch = new BatchBuilder(appender.Head.Size);
    }

    private void Stamp(BatchBuilder batch, long committing)
    {
        var end = clock.Timestamp();
        foreach (var work in batch.Works)
        {
            work.Times = work.Times with
            {
                CommittingAt = committing,
                DurableAt = end,
                BatchEvents = batch.Facts.Count,
            };
        }
    }

    private async Task FailAllAsync(WriterStoppedException reason)
    {
        queue.Close(reason);
        durable.Stop(reason);
        _current?.Fail(reason); // Perhaps not in the batch yet; no effect if it was answered.
        foreach (var work in _batch.Works)
        {
            work.Fail(reason);
        }

        do
        {
            while (_taken.TryDequeue(out var work))
            {
                if (work.TryBegin())
                {
                    work.Fail(reason);
                }
            }
        }
        while (await TakeAsync().ConfigureAwait(false));
    }
}
