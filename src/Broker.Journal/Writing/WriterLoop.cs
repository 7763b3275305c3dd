using Broker.Core;
using Broker.Core.Time;
using Broker.Journal.Store;

namespace Broker.Journal.Writing;

/// <summary>
/// The one loop that decides and commits. Group commit without delay, in a pipeline of two: while one batch is made
/// durable, what comes is decided into the next, on a state that runs ahead of the disk by these two. Nothing of that
/// leaves before its time: answers, refusals and reads alike are told after the commit of their own batch, which begins
/// after the one before has ended well (I7). A commit that fails takes all with it that was decided on it.
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
    private const int WorksMax = JournalLimits.BatchEventsMax;

    private readonly Queue<Work> _taken = new();
    private BatchBuilder _filling = new(ledger.Size);
    private BatchBuilder? _landed;
    private BatchFlight? _flight;
    private Work? _current;
    private volatile WriterStoppedException? _condemned;
    private (Work Work, EncodedFacts Facts, LedgerTime Now)? _held;

    // What does not fit waits for the next batch, and everything behind it with it.
    private bool IsFull => _held is not null || _filling.Works.Count >= WorksMax;

    private bool IsEmpty => _held is null && _filling.Works.Count == 0;

    /// <summary>Runs until the queue is closed and drained, or a failure, which is final.</summary>
    /// <exception cref="WriterStoppedException">It failed; everybody who waited was told the same.</exception>
    public async Task RunAsync()
    {
        try
        {
            while (!queue.IsDone || _taken.Count > 0 || _flight is not null || !IsEmpty)
            {
                if (_flight is null)
                {
                    Fill();
                    LaunchIfAny();
                }

                if (await WaitAsync().ConfigureAwait(false))
                {
                    await LandAsync().ConfigureAwait(false);
                }
                else if (_flight is not null)
                {
                    Fill(); // Enough came to be decided ahead.
                }

                ThrowIfCondemned();
            }

            ThrowIfCondemned();
            durable.Stop(Stopped());
        }
        catch (Exception e)
        {
            var reason = e as WriterStoppedException
                ?? new WriterStoppedException("writer_failed", $"The writer failed, which is a bug: {e.Message}", e);
            FailAll(reason);
            throw reason;
        }
    }

    /// <summary>Has it end, for a reason that lies outside of it: the queue takes nothing more at once.</summary>
    public void Condemn(WriterStoppedException reason)
    {
        _condemned = reason;
        queue.Close(reason);
    }

    /// <summary>What is said to those who come after a stop that was asked for.</summary>
    public static WriterStoppedException Stopped() =>
        new("stopped", "The writer was asked to stop; this was not taken. Ask again when it has started.");

    private void ThrowIfCondemned()
    {
        if (_condemned is { } reason)
        {
            throw reason;
        }
    }

    // True when a batch has landed; false when there is something to decide, or the queue was closed.
    private async ValueTask<bool> WaitAsync()
    {
        if (_flight is not { } flight)
        {
            await queue.WantAsync(isAhead: false).ConfigureAwait(false);
            return false;
        }

        if (!IsFull && !queue.IsDone)
        {
            _ = await Task.WhenAny(flight.Done, queue.WantAsync(isAhead: true)).ConfigureAwait(false); // Either.
            return flight.Done.IsCompleted;
        }

        await ((Task)flight.Done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private void Fill()
    {
        if (_held is { } held && _filling.Fits(held.Facts))
        {
            _held = null;
            Append(held.Work, held.Facts, held.Now);
        }

        while (!IsFull && TryNext(out var work))
        {
            if (work.TryBegin())
            {
                _current = work;
                Decide(work);
            }
        }
    }

    private bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Work? work)
    {
        if (_taken.Count == 0)
        {
            foreach (var each in queue.Take(WorksMax - _filling.Works.Count))
            {
                _taken.Enqueue(each);
            }
        }

        return _taken.TryDequeue(out work);
    }

    private void Decide(Work work)
    {
        var now = clock.Now();
        work.Times = work.Times with { BegunAt = clock.Timestamp() };
        var learned = work.Run(ledger, now);
        work.Times = work.Times with { DecidedAt = clock.Timestamp() };
        if (learned is not { } decision || Encode(work, decision) is not { } facts)
        {
            _filling.Add(work);
        }
        else if (facts.TooLarge() is { } refusal)
        {
            work.Refuse(refusal);
            _filling.Add(work);
        }
        else if (_filling.Fits(facts))
        {
            Append(work, facts, now.Ledger);
        }
        else
        {
            _held = (work, facts, now.Ledger);
        }
    }

    private void Append(Work work, EncodedFacts facts, LedgerTime now)
    {
        WriterStart.Apply(ledger, facts.Facts, now);
        _filling.Add(facts);
        _filling.Add(work);
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

    // What only read, or was refused, is confirmed where another writer could have taken over.
    private void LaunchIfAny()
    {
        ThrowIfCondemned();
        if (IsEmpty)
        {
            return;
        }

        var batch = _filling;
        _filling = new BatchBuilder(ledger.Size);
        _flight = batch.Facts.Count > 0
            ? new BatchFlight(batch, clock.Timestamp(), appender.AppendAsync(batch, reign.Epoch, reign.Writer))
            : new BatchFlight(batch, clock.Timestamp(), appender.ConfirmAsync());
    }

    private async ValueTask LandAsync()
    {
        var flight = _flight!;
        var head = await flight.Done.ConfigureAwait(false);
        ThrowIfCondemned();
        (_flight, _landed) = (null, flight.Batch);
        Fill();
        LaunchIfAny(); // The disk goes on while callers are told.

        var batch = flight.Batch;
        if (batch.Facts.Count > 0)
        {
            Stamp(batch, flight.BegunAt);
            WriterStart.Tell(observers, batch.First, batch.Facts);
            durable.Publish(head);
        }

        foreach (var work in batch.Works)
        {
            work.Answer();
        }

        _landed = null;
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

    private void FailAll(WriterStoppedException reason)
    {
        queue.Close(reason);
        durable.Stop(reason);
        _ = _flight?.Done.ContinueWith(done => done.Exception, TaskScheduler.Default); // Nobody else looks at it.
        foreach (var batch in new[] { _landed, _flight?.Batch, _filling }.OfType<BatchBuilder>())
        {
            // What was sent to the store may be there, whatever was heard of it.
            var told = batch != _filling && batch.Facts.Count > 0 ? reason.Undecided() : reason;
            foreach (var work in batch.Works)
            {
                work.Fail(told);
            }
        }

        _current?.Fail(reason); // Perhaps in no batch; no effect if it was told already.
        _held?.Work.Fail(reason);
        foreach (var work in _taken.Concat(queue.Take(int.MaxValue)).Where(work => work.TryBegin()))
        {
            work.Fail(reason);
        }
    }
}
