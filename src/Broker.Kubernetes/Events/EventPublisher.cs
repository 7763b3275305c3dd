using System.Threading.Channels;

namespace Broker.Kubernetes.Events;

/// <summary>
/// Turns notices into Events of the cluster, beside everything else: whoever has a notice hands it over and goes on.
/// One Event for each object and reason, counted up; what is over a limit is counted and written later.
/// </summary>
public sealed class EventPublisher
{
    private readonly IEventApi _api;
    private readonly EventLimits _limits;
    private readonly EventSurroundings _around;
    private readonly Channel<ClusterNotice> _queue;
    private readonly EventBook _book;
    private readonly TokenBucket _calls;
    private readonly ReadPods _pods;
    private long? _forbiddenAt;

    public EventPublisher(IEventApi api, EventLimits limits, EventSurroundings around)
    {
        (_api, _limits, _around) = (api, limits, around);
        _queue = Channel.CreateBounded<ClusterNotice>(
            new BoundedChannelOptions(limits.QueuedMax) { SingleReader = true });
        _book = new EventBook(limits, around.Time);
        _calls = new TokenBucket(limits.Burst, limits.PerSecond, around.Time);
        _pods = new ReadPods(api, _calls, limits, around.Time);
    }

    /// <summary>Hands a notice over, at once: when too many wait, it is dropped and counted as such.</summary>
    public void Offer(ClusterNotice notice)
    {
        if (!_queue.Writer.TryWrite(notice))
        {
            _around.Counted(NoticeOutcomes.Dropped);
        }
    }

    /// <summary>Publishes until cancelled; the API server may come and go.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var sweep = new PeriodicTimer(_limits.SweepEvery, _around.Time);
        Task tick = sweep.WaitForNextTickAsync(cancellation).AsTask();
        Task ready = _queue.Reader.WaitToReadAsync(cancellation).AsTask();
        while (!cancellation.IsCancellationRequested)
        {
            _ = await Task.WhenAny(tick, ready).ConfigureAwait(false);
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            if (ready.IsCompleted)
            {
                await TakeAsync(cancellation).ConfigureAwait(false);
                ready = _queue.Reader.WaitToReadAsync(cancellation).AsTask();
            }

            if (tick.IsCompleted)
            {
                await WriteAllAsync(cancellation).ConfigureAwait(false);
                tick = sweep.WaitForNextTickAsync(cancellation).AsTask();
            }
        }

        await Task.WhenAll(tick, ready).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TakeAsync(CancellationToken cancellation)
    {
        while (_queue.Reader.TryRead(out var notice))
        {
            if (IsForbidden())
            {
                _around.Counted(NoticeOutcomes.Dropped);
                continue;
            }

            try
            {
                await TakeAsync(notice, cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (IsAway(error, cancellation))
            {
                // What was counted before it failed is written at a later sweep.
                _around.Counted(NoticeOutcomes.Failed);
            }
        }
    }

    private async Task TakeAsync(ClusterNotice notice, CancellationToken cancellation)
    {
        NoticeObject? about = null;
        if (notice.Pod is { Name.Length: > 0, Namespace.Length: > 0, IsWellFormed: true })
        {
            var (known, pod) = await _pods.FindAsync(notice.Node, notice.Pod, cancellation).ConfigureAwait(false);
            if (!known)
            {
                _around.Counted(NoticeOutcomes.Dropped);
                return;
            }

            about = pod;
        }

        // A pod that is not this node's is no matter of its: its own Node shows what it asks for.
        about ??= _around.NodeUid(notice.Node) is { } uid ? NoticeObject.Node(notice.Node.Value, uid) : null;
        var message = notice.Message.Length <= EventLimits.MessageCharsMax
            ? notice.Message
            : notice.Message[..EventLimits.MessageCharsMax];
        var tally = about is null ? null : _book.Add(about, notice.Reason, message);
        _around.Counted(tally is not null ? NoticeOutcomes.Taken : NoticeOutcomes.NoObject);
        if (tally is not null)
        {
            _ = await TryWriteAsync(tally, cancellation).ConfigureAwait(false); // Else at a later sweep.
        }
    }

    private async Task WriteAllAsync(CancellationToken cancellation)
    {
        foreach (var tally in IsForbidden() ? [] : _book.Due())
        {
            try
            {
                if (!await TryWriteAsync(tally, cancellation).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (Exception error) when (IsAway(error, cancellation))
            {
                // Away still: the next sweep begins with the first again.
                _around.Counted(NoticeOutcomes.Failed);
                return;
            }
        }
    }

    /// <summary>Whether the next one may be tried at once.</summary>
    private async Task<bool> TryWriteAsync(EventTally tally, CancellationToken cancellation)
    {
        if (IsForbidden())
        {
            return false;
        }

        if (!tally.Bucket.TryTake())
        {
            return true;
        }

        if (!_calls.TryTake())
        {
            return false;
        }

        var draft = tally.Draft();
        var outcome = tally.HasEvent
            ? await _api.CountAsync(draft, cancellation).ConfigureAwait(false)
            : await _api.CreateAsync(draft, cancellation).ConfigureAwait(false);
        switch (outcome)
        {
            case EventOutcome.Written:
                tally.Written(draft);
                break;
            case EventOutcome.Gone when tally.HasEvent:
                tally.Lost();
                break;
            case EventOutcome.Forbidden:
                Forbid();
                break;
            default:
                tally.GiveUp();
                break;
        }

        _around.Counted(outcome == EventOutcome.Written ? NoticeOutcomes.Written : NoticeOutcomes.Failed);
        return true;
    }

    // Whatever the client library throws for a server that cannot be reached; a stop is no such thing.
    private static bool IsAway(Exception error, CancellationToken cancellation) =>
        error is not OperationCanceledException || !cancellation.IsCancellationRequested;

    private bool IsForbidden() =>
        _forbiddenAt is { } at && _around.Time.GetElapsedTime(at) < _limits.ForbiddenFor;

    private void Forbid()
    {
        if (_forbiddenAt is null)
        {
            _around.Warn("the API server does not let this broker write them");
        }

        _forbiddenAt = _around.Time.GetTimestamp();
    }
}
