using System.Collections.Concurrent;

namespace Broker.Journal.Sqlite;

/// <summary>Connections that read, reused; as many as there are readers at once.</summary>
internal sealed class SqliteReaders(StoreFolder folder) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _disposed;

    /// <summary>Reads with a connection of its own.</summary>
    /// <exception cref="Store.JournalStoreException">The store failed.</exception>
    public T Read<T>(Func<SqliteReader, T> read) => SqliteErrors.Named(() =>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(SqliteConnections.OpenToRead(folder));
        var good = false;
        try
        {
            var result = read(reader);
            good = true;
            return result;
        }
        finally
        {
            if (good && !_disposed)
            {
                _idle.Add(reader);
            }
            else
            {
                reader.Dispose();
            }
        }
    });

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
