using Broker.Kubernetes.Client;
using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.Watching;

/// <summary>
/// Lists objects of one kind, then watches from there, for as long as it runs: resumes at the newest version that it
/// has seen, lists anew when the server knows that no more, when somebody asks and from time to time, and backs off
/// with jitter while the server fails.
/// </summary>
/// <typeparam name="T">The objects.</typeparam>
internal sealed class ListWatch<T>(
    ListSource<T> source, IListTarget<T> target, WatchTimes times, TimeProvider time, Action<string, Exception> failed)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly BackOff _backOff = new(times, new Random());
    private CancellationTokenSource? _watching;
    private bool _listWanted = true;
    private string _version = string.Empty;
    private long? _listBegun;
    private TimeSpan _listDue;

    /// <summary>When the server was last heard, by the wall clock.</summary>
    public DateTimeOffset? LastContact { get; private set; }

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
            catch (Exception error) when (error is not (RecordStoppedException or OutOfMemoryException))
            {
                failed(source.Name, error);
                await WaitAsync(_backOff.Next(), cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        if (_listWanted)
        {
            await ListAsync(cancellation).ConfigureAwait(false);
        }

        var begun = time.GetTimestamp();
        try
        {
            var changes = await WatchAsync(cancellation).ConfigureAwait(false);
            if (changes > 0 || time.GetElapsedTime(begun) > times.BackOffMax)
            {
                _backOff.Reset();
            }
            else if (!_listWanted)
            {
                // A server that closes each watch at once is not to be asked in a tight loop.
                await WaitAsync(_backOff.Next(), cancellation).ConfigureAwait(false);
            }
        }
        catch (VersionGoneException)
        {
            _listWanted = true;
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
            var list = await source.List(cancellation).ConfigureAwait(false);
            var next = await target.ListedAsync(new ListSeen<T>(list.Items, begun, LastContact), cancellation)
                .ConfigureAwait(false);
            _version = list.ResourceVersion;
            LastContact = time.GetUtcNow();
            _listDue = next ?? times.Relist;
        }
        catch
        {
            _listWanted = true;
            throw;
        }
    }

    private async Task<int> WatchAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var left = _listDue - time.GetElapsedTime(_listBegun!.Value);
        await using var due = time.CreateTimer(
            _ => RequestList(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            .ConfigureAwait(false);
        lock (_gate)
        {
            if (_listWanted)
            {
                return 0;
            }

            _watching = stop;
        }

        try
        {
            return await ReadAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (
            error is not RecordStoppedException && _listWanted && !cancellation.IsCancellationRequested)
        {
            return 1; // The watch was ended for a list.
        }
        finally
        {
            lock (_gate)
            {
                _watching = null;
            }
        }
    }

    private async Task<int> ReadAsync(CancellationToken cancellation)
    {
        var changes = 0;
        await foreach (var change in source.Watch(_version, cancellation).ConfigureAwait(false))
        {
            changes++;
            if (change.Kind != ChangeKind.Bookmark)
            {
                // To its end, also when a list is asked for meanwhile: what was seen is recorded.
                await target.ChangedAsync(change, CancellationToken.None).ConfigureAwait(false);
            }

            _version = change.ResourceVersion;
            LastContact = time.GetUtcNow();
        }

        LastContact = time.GetUtcNow();
        return changes;
    }

    private Task WaitAsync(TimeSpan span, CancellationToken cancellation) => Task.Delay(span, time, cancellation);
}
