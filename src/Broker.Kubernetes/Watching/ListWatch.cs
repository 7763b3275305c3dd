using Broker.Kubernetes.Client;
using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.Watching;

/// <summary>
/// Lists objects of one kind, then watches from there, for as long as it runs: resumes at the newest version that it
/// has seen, lists anew when the server knows that no more, when somebody asks and from time to time, and backs off
/// with jitter while the server fails. No call is waited for without an end.
/// </summary>
/// <typeparam name="T">The objects.</typeparam>
internal sealed class ListWatch<T>(
    ListSource<T> source, IListTarget<T> target, WatchTimes times, TimeProvider time, Action<string, Exception> failed)
    where T : class
{
    /// <summary>
    /// A timer may come some milliseconds before the monotonic clock says so; a list that came early would find that
    /// nothing is due, and the next is a whole span later.
    /// </summary>
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly BackOff _backOff = new(times, new Random());
    private CancellationTokenSource? _watching;
    private DateTimeOffset? _lastContact;
    private bool _listWanted = true;
    private string _version = string.Empty;
    private long? _listBegun;
    private TimeSpan _listDue;

    /// <summary>When the server was last heard, by the wall clock.</summary>
    public DateTimeOffset? LastContact
    {
        get
        {
            lock (_gate)
            {
                return _lastContact;
            }
        }
    }

    /// <summary>Asks for a new list, soon; a watch that runs is ended for it.</summary>
    public void RequestList()
    {
        lock (_gate)
        {
            _listWanted = true;
            _watching?.Cancel();
        }
    }

    /// <summary>Runs until cancelled, or until the record cannot be written any more.</summary>
    /// <exception cref="RecordStoppedException">The ledger takes nothing more.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (VersionGoneException)
            {
                // Not worth a word: it says no more than that a list is needed.
                RequestList();
                await WaitAsync(_backOff.Next(), cancellation).ConfigureAwait(false);
            }
            catch (SilentWatchException)
            {
                // A server of an old version has no bookmark of objects that never change. If it is gone, the next call
                // says so.
                await WaitAsync(_backOff.Next(), cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not (RecordStoppedException or OutOfMemoryException))
            {
                failed(source.Name, error);
                await WaitAsync(_backOff.Next(), cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        if (IsListWanted())
        {
            await ListAsync(cancellation).ConfigureAwait(false);
            _backOff.Reset();
        }

        var begun = time.GetTimestamp();
        try
        {
            await WatchAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (time.GetElapsedTime(begun) >= times.Stood)
            {
                _backOff.Reset();
            }
        }

        if (!IsListWanted())
        {
            // A server that closes each watch at once is not to be asked in a tight loop.
            await WaitAsync(_backOff.Next(), cancellation).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(CancellationToken cancellation)
    {
        if (_listBegun is { } last && times.RelistMin - time.GetElapsedTime(last) is { Ticks: > 0 } early)
        {
            await WaitAsync(early, cancellation).ConfigureAwait(false);
        }

        lock (_gate)
        {
            // Before the list begins: who asks from now on means a later one.
            _listWanted = false;
        }

        var begun = time.GetTimestamp();
        _listBegun = begun;
        try
        {
            var list = await BoundedListAsync(cancellation).ConfigureAwait(false);
            var next = await target.ListedAsync(new ListSeen<T>(list.Items, begun, LastContact), cancellation)
                .ConfigureAwait(false);
            _version = list.ResourceVersion;
            Heard();
            _listDue = next ?? times.Relist;
        }
        catch
        {
            RequestList();
            throw;
        }
    }

    private async Task<ClusterList<T>> BoundedListAsync(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(times.ListMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await source.List(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"The list was not whole within {times.ListMax.TotalSeconds:0} s.", error);
        }
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var left = _listDue - time.GetElapsedTime(_listBegun!.Value);
        await using var due = time.CreateTimer(
            _ => RequestList(),
            null,
            (left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimerSlack,
            Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        lock (_gate)
        {
            if (_listWanted)
            {
                return;
            }

            _watching = stop;
        }

        try
        {
            await ReadAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (
            stop.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return; // The watch was ended for a list.
        }
        finally
        {
            lock (_gate)
            {
                _watching = null;
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        using var silent = new CancellationTokenSource(times.SilenceMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silent.Token);
        try
        {
            await foreach (var change in source.Watch(_version, either.Token).ConfigureAwait(false))
            {
                if (change.Kind != ChangeKind.Bookmark)
                {
                    // To its end, also when a list is asked for meanwhile: what was seen is recorded.
                    await target.ChangedAsync(change, CancellationToken.None).ConfigureAwait(false);
                }

                _version = change.ResourceVersion;
                Heard();
                silent.CancelAfter(times.SilenceMax);
            }

            Heard();
        }
        catch (OperationCanceledException error) when (
            silent.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new SilentWatchException(error);
        }
    }

    private void Heard()
    {
        lock (_gate)
        {
            _lastContact = time.GetUtcNow();
        }
    }

    private bool IsListWanted()
    {
        lock (_gate)
        {
            return _listWanted;
        }
    }

    private Task WaitAsync(TimeSpan span, CancellationToken cancellation) => Task.Delay(span, time, cancellation);
}
