using Microsoft.AspNetCore.Connections;

namespace Broker.Server.Hosting;

/// <summary>
/// Counts the open connections of a listener whose callers show no certificate, before TLS costs anything: beyond the
/// limit the newest is closed.
/// </summary>
internal sealed class OpenConnections(int connectionsMax)
{
    private int _open;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > connectionsMax)
            {
                connection.Abort(new ConnectionAbortedException("Too many connections."));
                return;
            }

            await next(connection);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _open);
        }
    }
}
