using System.Diagnostics.CodeAnalysis;

namespace Broker.Journal.Writing;

/// <summary>
/// What waits for the writer, in order. Bounded: beyond three quarters grants are turned away, beyond the whole
/// everything else waits for room.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Callers may still wait for room at the end; a semaphore without a wait handle holds nothing.")]
internal sealed class WorkQueue(LedgerWriterSettings settings)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Work> _waiting = new();
    private readonly SemaphoreSlim _room = new(settings.QueueMax);
    private readonly int _grantsMax = settings.QueueMax - (settings.QueueMax / 4);

    private TaskCompletionSource? _wanted;
    private WriterStoppedException? _closed;

    /// <summary>How much waits.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds work at the end, when there is room.</summary>
    /// <exception cref="OverloadedException">It is a grant, and too much waits.</exception>
    /// <exception cref="WriterStoppedException">The queue is closed.</exception>
    public async ValueTask AddAsync(Work work, CancellationToken cancellationToken)
    {
        if (work.IsGrant)
        {
            TakeRoomForGrant();
        }
        else
        {
            await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        TaskCompletionSource? wanted;
        lock (_gate)
        {
            if (_closed is not null)
            {
                _ = _room.Release(); // The count before is of no interest; the next in line is to see the end, too.
                throw _closed;
            }

            work.Place = _waiting.AddLast(work);
            (wanted, _wanted) = (_wanted, null);
        }

        wanted?.SetResult();
    }

    /// <summary>Takes work whose caller left out of the queue.</summary>
    public void Remove(Work work)
    {
        lock (_gate)
        {
            if (work.Place is { List: not null } place)
            {
                _waiting.Remove(place);
                _ = _room.Release(); // The count before is of no interest.
            }
        }
    }

    /// <summary>Takes what waits, at most so much; waits until there is something. Empty: closed and drained.</summary>
    public async ValueTask<IReadOnlyList<Work>> TakeAsync(int worksMax)
    {
        while (true)
        {
            Task wanted;
            lock (_gate)
            {
                if (_waiting.Count > 0 || _closed is not null)
                {
                    return Take(worksMax);
                }

                _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wanted = _wanted.Task;
            }

            await wanted.ConfigureAwait(false);
        }
    }

    /// <summary>Takes no more work; whoever comes gets the reason. The first reason stays.</summary>
    public void Close(WriterStoppedException reason)
    {
        TaskCompletionSource? wanted;
        lock (_gate)
        {
            _closed ??= reason;
            (wanted, _wanted) = (_wanted, null);
        }

        wanted?.SetResult();
    }

    private void TakeRoomForGrant()
    {
        lock (_gate)
        {
            if (_waiting.Count >= _grantsMax || !_room.Wait(0, CancellationToken.None))
            {
                throw new OverloadedException(settings.RetryAfterSeconds);
            }
        }
    }

    private Work[] Take(int worksMax)
    {
        var works = new Work[Math.Min(worksMax, _waiting.Count)];
        for (var i = 0; i < works.Length; i++)
        {
            works[i] = _waiting.First!.Value;
            _waiting.RemoveFirst();
        }

        if (works.Length > 0)
        {
            _ = _room.Release(works.Length); // The count before is of no interest.
        }

        return works;
    }
}
