using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>
/// How long an outcome stays unknown: the pause before the next try, and the end of patience. What was read or failed
/// last is what the end says.
/// </summary>
internal sealed class StoreDoubt(TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly long _since = time.GetTimestamp();
    private TimeSpan _pause = FirstPause;
    private JournalStoreException? _last;

    /// <summary>A call failed.</summary>
    public void Failed(Exception error) => _last = error is StateCallException call
        ? new JournalStoreException(call.Code, call.Message, call)
        : _last;

    /// <summary>A read gave something that cannot be right, unless it lags.</summary>
    public void Saw(JournalStoreException error) => _last = error;

    /// <summary>Waits a little before the next try.</summary>
    /// <exception cref="JournalStoreException">It took too long; what was seen last.</exception>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_since) >= patience)
        {
            throw _last ?? new JournalStoreException(
                "store_undecided", "The state store did not show what became of a write.");
        }

        await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }
}
