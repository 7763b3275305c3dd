using System.Globalization;
using Broker.Bench.Load;
using Broker.Bench.Peers.Wire;
using Google.Protobuf;
using Grpc.Net.Client;

namespace Broker.Bench.Peers;

/// <summary>Puts of new keys with values of one size, a connection each for as many callers as are asked for.</summary>
internal sealed class EtcdPuts : ILoadTarget, IDisposable
{
    private readonly List<GrpcChannel> _channels = [];
    private readonly List<KV.KVClient> _clients = [];
    private readonly ByteString _value;
    private long _next;

    public EtcdPuts(EtcdServer server, int connections, int valueBytes)
    {
        var value = new byte[valueBytes];
        new Random(1).NextBytes(value);
        _value = UnsafeByteOperations.UnsafeWrap(value);
        for (var i = 0; i < connections; i++)
        {
            _channels.Add(server.Connect());
            _clients.Add(new KV.KVClient(_channels[i]));
        }
    }

    public async Task DoAsync(int connection)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"ip/{Interlocked.Increment(ref _next):D10}");
        var put = new PutRequest { Key = ByteString.CopyFromUtf8(key), Value = _value };
        _ = await _clients[connection].PutAsync(put); // The reply holds nothing that is asked for; a failure throws.
    }

    public void Dispose() => _channels.ForEach(channel => channel.Dispose());
}
