using Broker.Core;
using Broker.Core.Commands;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Journal.Store;

namespace Broker.Journal.Writing;

/// <summary>
/// The one writer of a ledger: takes commands from anywhere, decides them one after the other, makes their events
/// durable in batches, and only then answers. A failed or superseded commit is final: nothing more is answered, and
/// the host is to end the process.
/// </summary>
public sealed class LedgerWriter : IAsyncDisposable
{
    private readonly WriterLoop _loop;
    private readonly WorkQueue _queue;
    private readonly DurableSignal _durable;
    private readonly LedgerClock _clock;
    private readonly LedgerWriterSettings _settings;

    private LedgerWriter(
        IJournalStore store,
        WorkQueue queue,
        DurableSignal durable,
        WriterLoop loop,
        LedgerClock clock,
        LedgerWriterSettings settings)
    {
        (Store, _loop, _queue, _durable, _clock, _settings) = (store, loop, queue, durable, clock, settings);
        Stopped = loop.RunAsync(); // It waits at once, for nothing was submitted yet.

        // Whoever submits hears of a failure by itself; a host that does not watch Stopped is not an unobserved task.
        _ = Stopped.ContinueWith(t => t.Exception, TaskScheduler.Default);
    }

    /// <summary>The newest durable state.</summary>
    public DurableHead Durable => _durable.Head;

    /// <summary>Where the journal lies. The writer does not dispose it.</summary>
    public IJournalStore Store { get; }

    /// <summary>How much waits to be decided.</summary>
    public int Waiting => _queue.Count;

    /// <summary>
    /// Completes after <see cref="StopAsync"/> when all that was taken is answered; faults with
    /// <see cref="WriterStoppedException"/> when the store failed or another writer took over.
    /// </summary>
    public Task Stopped { get; }

    /// <summary>Replays the journal, checks it, takes over with the next epoch, and serves.</summary>
    /// <exception cref="JournalStoreException">No ledger (<c>ledger_missing</c>), or the store failed.</exception>
    /// <exception cref="Reading.JournalDamagedException">The journal is not what was written.</exception>
    /// <exception cref="WriterStoppedException">The take-over did not succeed.</exception>
    public static async Task<LedgerWriter> StartAsync(
        IJournalStore store,
        LedgerWriterSettings settings,
        TimeProvider time,
        IReadOnlyList<IDurableObserver> observers,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.QueueMax, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.QueueMax, 1_048_576);
        var ledger = new Ledger();
        var appender = await WriterStart.ReplayAsync(store, ledger, observers, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var clock = new LedgerClock(time);
        var reign = await WriterStart.LeadAsync(appender, ledger, clock, observers).ConfigureAwait(false);
        var (queue, durable) = (new WorkQueue(settings), new DurableSignal(appender.Durable));
        var loop = new WriterLoop(ledger, appender, reign, clock, observers, queue, durable);
        return new LedgerWriter(store, queue, durable, loop, clock, settings);
    }

    /// <summary>
    /// Decides a command and makes its events durable. When the token fires before it was decided, it never will be;
    /// afterwards the token has no effect.
    /// </summary>
    /// <exception cref="OverloadedException">It is a grant, and too much waits.</exception>
    /// <exception cref="WriterStoppedException">The writer has stopped, or did before there was an answer.</exception>
    public Task<Outcome<T>> SubmitAsync<T>(Command<T> command, CancellationToken cancellationToken)
        where T : class => DoAsync(new CommandWork<T>(command, _settings.Waking), cancellationToken);

    /// <summary>
    /// Says what would become of a command now, and does nothing of it. Not for releases: deciding one of an unknown
    /// attachment leaves a tombstone.
    /// </summary>
    /// <exception cref="WriterStoppedException">
    /// The writer has stopped, or stopped before an answer could be given.
    /// </exception>
    public Task<Outcome<T>> TryAsync<T>(Command<T> command, CancellationToken cancellationToken)
        where T : class => DoAsync(new TrialWork<T>(command, _settings.Waking), cancellationToken);

    /// <summary>
    /// Reads the state between two commands; told when everything that it saw is durable. The function runs on the
    /// writer's loop: quick, and it keeps nothing of what it is given.
    /// </summary>
    /// <exception cref="WriterStoppedException">The writer has stopped, or did before there was an answer.</exception>
    public Task<T> ReadAsync<T>(Func<LedgerQueries, T> read, CancellationToken cancellationToken) =>
        DoAsync(new ReadWork<T>(read, _settings.Waking), cancellationToken);

    /// <summary>Waits until more than so many events are durable.</summary>
    /// <exception cref="WriterStoppedException">The writer has stopped; there will be no more.</exception>
    public Task WaitForSizeAboveAsync(long size, CancellationToken cancellationToken) =>
        _durable.WaitForSizeAboveAsync(size, cancellationToken);

    /// <summary>Takes nothing more, finishes what was taken, and stops.</summary>
    /// <exception cref="WriterStoppedException">It had failed before, or failed meanwhile.</exception>
    public Task StopAsync()
    {
        _queue.Close(WriterLoop.Stopped());
        return Stopped;
    }

    /// <summary>
    /// What lies in the journal is not what was written: nothing more is decided, written or answered, and
    /// <see cref="Stopped"/> fails with <c>journal_damaged</c>.
    /// </summary>
    public void Condemn(string why, Exception damage) => _loop.Condemn(new WriterStoppedException(
        "journal_damaged",
        $"The journal is damaged, and nothing more is written: {why} Restore it from a copy.",
        damage));

    /// <summary>Stops like <see cref="StopAsync"/>; a failure stays in <see cref="Stopped"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close(WriterLoop.Stopped());
        await Stopped.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<TResult> DoAsync<TResult>(Work<TResult> work, CancellationToken cancellationToken)
    {
        work.Times = new WorkTimes(work.What, _clock.Timestamp(), 0, 0, 0, 0, 0);
        await _queue.AddAsync(work, cancellationToken).ConfigureAwait(false);
        await using var leaving = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                if (work.TryLeave())
                {
                    _queue.Remove(work);
                    work.Cancel(token);
                }
            },
            null).ConfigureAwait(false);
        var result = await work.Told.ConfigureAwait(false);
        _settings.Told?.Invoke(work.Times);
        return result;
    }
}
