using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;

namespace Broker.Journal.Dapr.Relay;

/// <summary>
/// Publishes the journal, from the saved cursor on: each event at least once, in order, one at a time. It reads what is
/// durable and never keeps the writer waiting; while nobody takes events it falls behind and tries again.
/// </summary>
public sealed class EventRelay : IDisposable
{
    private const int EventsPerCursor = 100;
    private static readonly TimeSpan CursorEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly LedgerWriter _writer;
    private readonly IEventOutlet _outlet;
    private readonly TimeProvider _time;
    private long _position = -1;

    private EventRelay(LedgerWriter writer, IEventOutlet outlet, TimeProvider time) =>
        (_writer, _outlet, _time) = (writer, outlet, time);

    /// <summary>Durable events that are not published yet; those before the first look at the cursor are not known.
    /// </summary>
    public long Lag => Volatile.Read(ref _position) is var position and >= 0 ? _writer.Durable.Size - position : 0;

    /// <summary>Calls that failed, and were made again.</summary>
    public long Failures { get; private set; }

    /// <summary>A relay through a sidecar.</summary>
    public static EventRelay Create(
        LedgerWriter writer, DaprJournalSettings settings, RelaySettings relay, TimeProvider time) =>
        new(writer, new DaprEventOutlet(settings, relay), time);

    /// <summary>Publishes until it is told to stop, or the writer has stopped.</summary>
    /// <exception cref="WriterStoppedException">The writer has stopped.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var cursor = 0L;
        await TryAsync(
            async () => cursor = await _outlet.ReadCursorAsync(cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);

        // A cursor ahead of the journal is of a journal that went back; its writer would not have started.
        Volatile.Write(ref _position, Math.Min(cursor, _writer.Durable.Size));
        while (true)
        {
            await _writer.WaitForSizeAboveAsync(_position, cancellationToken).ConfigureAwait(false);
            await TryAsync(() => PublishAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _outlet.Dispose();

    /// <summary>The same over another outlet.</summary>
    internal static EventRelay Over(LedgerWriter writer, IEventOutlet outlet, TimeProvider time) =>
        new(writer, outlet, time);

    // What was published stays published: the position moves with each event, also when a later one fails.
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var durable = _writer.Durable;
        var (saved, savedAt) = (_position, _time.GetTimestamp());
        try
        {
            await foreach (var line in JournalReader.ReadAsync(
                _writer.Store, _position, durable.Size, cancellationToken).ConfigureAwait(false))
            {
                await _outlet.PublishAsync(CloudEvent.Encode(durable.Origin, line), cancellationToken)
                    .ConfigureAwait(false);
                Volatile.Write(ref _position, line.Position + 1);
                if (_position - saved >= EventsPerCursor || _time.GetElapsedTime(savedAt) >= CursorEvery)
                {
                    await _outlet.SaveCursorAsync(_position, cancellationToken).ConfigureAwait(false);
                    (saved, savedAt) = (_position, _time.GetTimestamp());
                }
            }
        }
        finally
        {
            if (_position > saved && !cancellationToken.IsCancellationRequested)
            {
                await _outlet.SaveCursorAsync(_position, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TryAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        var before = _position;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await action().ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is StateCallException or JournalStoreException)
            {
                Failures++;
                if (_position != before)
                {
                    (before, pause) = (_position, FirstPause); // Something got through.
                }
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
