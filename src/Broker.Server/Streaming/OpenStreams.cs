using System.Collections.Concurrent;

namespace Broker.Server.Streaming;

/// <summary>The event streams that are open now, with how far each has come.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<JournalEventStream, byte> _open = new();

    public int Count => _open.Count;

    /// <summary>How many events the slowest stream has still to send; 0 without streams.</summary>
    public long LagMax(long size) =>
        _open.Keys.Select(stream => Math.Max(0, size - stream.Next)).DefaultIfEmpty().Max();

    /// <summary>Runs a stream, and counts it while it runs.</summary>
    public async Task RunAsync(JournalEventStream stream, long after, CancellationToken cancellation)
    {
        _open[stream] = 0;
        try
        {
            await stream.RunAsync(after, cancellation);
        }
        finally
        {
            _ = _open.TryRemove(stream, out _);
        }
    }
}
