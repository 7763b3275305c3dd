namespace Broker.Journal.Sqlite;

/// <summary>
/// The one thread that uses the writing connection: fsync blocks, and must not block a thread of the pool. It sleeps
/// at once when there is nothing to do: to spin would take the processor from those who bring the next work.
/// </summary>
internal sealed class WriteThread : IDisposable
{
    private readonly Action _afterEach;
    private readonly Queue<Action> _work = new();
    private readonly object _gate = new(); // Not a Lock: those who wait are woken by Monitor.
    private readonly Thread _thread;
    private bool _closed;

    /// <summary>Starts the thread.</summary>
    /// <param name="afterEach">Runs after each thing, when its answer is out already; never throws.</param>
    public WriteThread(Action afterEach)
    {
        _afterEach = afterEach;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>Runs one thing after all that was asked for before; its failure is the task's.</summary>
    /// <exception cref="Store.JournalStoreException"><c>store_closed</c>.</exception>
    public Task<T> RunAsync<T>(Func<T> action)
    {
        var told = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
            {
                throw SqliteErrors.Closed();
            }

            _work.Enqueue(() =>
            {
                try
                {
                    told.SetResult(action());
                }
                catch (Exception e)
                {
                    told.SetException(e);
                }
            });
            Monitor.Pulse(_gate);
        }

        return told.Task;
    }

    /// <summary>Finishes what was asked for, and ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        while (Take() is { } action)
        {
            action();
            _afterEach();
        }
    }

    // Null once it is closed and everything is done.
    private Action? Take()
    {
        lock (_gate)
        {
            while (_work.Count == 0 && !_closed)
            {
                _ = Monitor.Wait(_gate); // Without a time-out it is always true.
            }

            return _work.TryDequeue(out var action) ? action : null;
        }
    }
}
