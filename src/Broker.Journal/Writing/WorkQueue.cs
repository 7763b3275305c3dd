namespace Broker.Journal.Writing;

/// <summary>
/// What waits for the writer, in order. Bounded: beyond three quarters grants are turned away, beyond the whole
/// everything else waits for room, in order, too.
/// </summary>
internal sealed class WorkQueue(LedgerWriterSettings settings)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Work> _waiting = new();
    private readonly LinkedList<(Work Work, TaskCompletionSource Entered)> _outside = new();
    private readonly int _grantsMax = settings.QueueMax - (settings.QueueMax / 4);

    private TaskCompletionSource? _wanted;
    private int _wantedAt = 1;
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

    /// <summary>Whether nothing is left and nothing comes any more.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
            {
                return _closed is not null && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Adds work at the end, when there is room.</summary>
    /// <exception cref="OverloadedException">It is a grant, and too much waits.</exception>
    /// <exception cref="WriterStoppedException">The queue is closed.</exception>
    public ValueTask AddAsync(Work work, CancellationToken cancellationToken)
    {
        TaskCompletionSource? wanted = null;
        LinkedListNode<(Work Work, TaskCompletionSource Entered)>? outside = null;
        lock (_gate)
        {
            if (_closed is not null)
            {
                throw _closed;
            }

            if (work.IsGrant && _waiting.Count >= _grantsMax)
            {
                throw new OverloadedException(settings.RetryAfterSeconds);
            }

            if (_waiting.Count >= settings.QueueMax)
            {
                outside = _outside.AddLast((work, new TaskCompletionSource(settings.Waking)));
            }
            else
            {
                work.Place = _waiting.AddLast(work);
                if (_waiting.Count >= _wantedAt)
                {
                    (wanted, _wanted) = (_wanted, null);
                }
            }
        }

        wanted?.SetResult();
        return outside is null ? ValueTask.CompletedTask : new ValueTask(EnterAsync(outside, cancellationToken));
    }

    /// <summary>Takes work whose caller left out of the queue.</summary>
    public void Remove(Work work)
    {
        List<TaskCompletionSource> entered;
        lock (_gate)
        {
            if (work.Place is not { List: not null } place)
            {
                return;
            }

            _waiting.Remove(place);
            entered = LetIn();
        }

        Tell(entered);
    }

    /// <summary>
    /// Completes when there is something to take, or the queue is closed; <paramref name="isAhead"/>: when there is
    /// enough to be decided while a batch is on its way. One at a time; what was given before may never complete.
    /// </summary>
    public Task WantAsync(bool isAhead)
    {
        lock (_gate)
        {
            _wantedAt = isAhead ? settings.AheadMin : 1;
            if (_waiting.Count >= _wantedAt || _closed is not null)
            {
                return Task.CompletedTask;
            }

            _wanted = new TaskCompletionSource(settings.Waking);
            return _wanted.Task;
        }
    }

    /// <summary>Takes what waits, at most so much.</summary>
    public IReadOnlyList<Work> Take(int worksMax)
    {
        Work[] works;
        List<TaskCompletionSource> entered;
        lock (_gate)
        {
            works = new Work[Math.Min(worksMax, _waiting.Count)];
            for (var i = 0; i < works.Length; i++)
            {
                works[i] = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }

            entered = LetIn();
        }

        Tell(entered);
        return works;
    }

    /// <summary>Takes no more work; whoever comes gets the reason. The first reason stays.</summary>
    public void Close(WriterStoppedException reason)
    {
        TaskCompletionSource? wanted;
        List<TaskCompletionSource> outside;
        lock (_gate)
        {
            _closed ??= reason;
            (wanted, _wanted) = (_wanted, null);
            outside = [.. _outside.Select(each => each.Entered)];
            _outside.Clear();
        }

        foreach (var entered in outside)
        {
            entered.SetException(_closed);
        }

        wanted?.SetResult();
    }

    private static void Tell(List<TaskCompletionSource> entered)
    {
        foreach (var each in entered)
        {
            each.SetResult();
        }
    }

    // A caller that leaves after its work entered is one that leaves the queue: see Work.TryLeave.
    private async Task EnterAsync(
        LinkedListNode<(Work Work, TaskCompletionSource Entered)> place, CancellationToken cancellationToken)
    {
        try
        {
            await place.Value.Entered.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!TryLeave(place))
        {
            await place.Value.Entered.Task.ConfigureAwait(false);
        }
    }

    private bool TryLeave(LinkedListNode<(Work Work, TaskCompletionSource Entered)> place)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return false;
            }

            _outside.Remove(place);
            return true;
        }
    }

    private List<TaskCompletionSource> LetIn()
    {
        if (_outside.Count == 0)
        {
            return [];
        }

        var entered = new List<TaskCompletionSource>();
        while (_waiting.Count < settings.QueueMax && _outside.First is { } next)
        {
            _outside.RemoveFirst();
            next.Value.Work.Place = _waiting.AddLast(next.Value.Work);
            entered.Add(next.Value.Entered);
        }

        return entered;
    }
}
