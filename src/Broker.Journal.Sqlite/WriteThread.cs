using System.Collections.Concurrent;

namespace Broker.Journal.Sqlite;

/// <summary>
/// The one thread that uses the writing connection: fsync blocks, and must not block a thread of the pool.
/// </summary>
internal sealed class WriteThread : IDisposable
{
    private readonly Action _afterEach;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Lock _gate = new();
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

            _work.Add(() =>
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
        }

        return told.Task;
    }

    /// <summary>Finishes what was asked for, and ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _work.CompleteAdding();
        }

        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
            _afterEach();
        }
    }
}
