namespace Broker.Journal.Sqlite;

/// <summary>Connections that read, reused; as many as there are readers at once.</summary>
internal sealed class SqliteReaders(StoreFolder folder) : IDisposable
{
    private readonly Stack<SqliteReader> _idle = [];
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>Reads with a connection of its own.</summary>
    /// <exception cref="Store.JournalStoreException">The store failed, or was closed.</exception>
    public T Read<T>(Func<SqliteReader, T> read) => SqliteErrors.Named(() =>
    {
        var reader = Take() ?? new SqliteReader(SqliteConnections.OpenToRead(folder));
        var good = false;
        try
        {
            var result = read(reader);
            good = true;
            return result;
        }
        finally
        {
            if (!good || !TryKeep(reader))
            {
                reader.Dispose();
            }
        }
    });

    /// <summary>Closes what is idle; a read that is on its way closes its own connection at its end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private SqliteReader? Take()
    {
        lock (_gate)
        {
            return _disposed ? throw SqliteErrors.Closed() : _idle.TryPop(out var idle) ? idle : null;
        }
    }

    // Under the lock: nothing is kept once nobody will look any more.
    private bool TryKeep(SqliteReader reader)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _idle.Push(reader);
            }

            return !_disposed;
        }
    }
}
