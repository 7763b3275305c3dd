using Broker.Client;
using Broker.Cni.Direct;
using Broker.Cni.Direct.Http2;

namespace Broker.Bench.Load;

/// <summary>
/// HTTP/2 over mutual TLS, a connection for each of so many callers: the plugin's own client, for both sides alike.
/// </summary>
internal sealed class LoadConnections(IReadOnlyList<BrokerEndpoint> endpoints) : IDisposable
{
    private const int TriesMax = 5;
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(60);
    private readonly DirectConnection?[] _open = new DirectConnection?[endpoints.Count];
    private long _repeated;

    /// <summary>
    /// Requests that got no answer of HTTP/2, as it comes now and then when a thousand connections come at once; they
    /// were sent again, and their latency counts from the first time.
    /// </summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Asks on one connection, which nobody else uses meanwhile.</summary>
    /// <exception cref="IOException">There is no answer, after some tries.</exception>
    public HttpReply Ask(int connection, Http2Request request)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var open = _open[connection] ??= BrokerDialer.Dial(endpoints[connection], Deadline.In(limit));
                return open.Exchange(request, Deadline.In(limit));
            }
            catch (IOException) when (attempt < TriesMax)
            {
                _ = Interlocked.Increment(ref _repeated);
                _open[connection]?.Dispose();
                _open[connection] = null;
            }
        }
    }

    public void Dispose()
    {
        foreach (var open in _open)
        {
            open?.Dispose();
        }
    }
}
