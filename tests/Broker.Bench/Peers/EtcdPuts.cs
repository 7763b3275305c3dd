using System.Globalization;
using Broker.Bench.Load;
using Broker.Bench.Peers.Wire;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Broker.Bench.Peers;

/// <summary>Puts of new keys with values of one size, a connection each for as many callers as are asked for.</summary>
internal sealed class EtcdPuts : ILoadTarget, IDisposable
{
    private const int TriesMax = 5;
    private readonly List<GrpcChannel> _channels = [];
    private readonly List<KV.KVClient> _clients = [];
    private readonly ByteString _value;
    private long _next;
    private long _repeated;

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

    /// <summary>
    /// Puts that etcd's HTTP/2 front answered with something that is no gRPC, as it does now and then when a thousand
    /// connections come at once; they were sent again, and their latency counts from the first time.
    /// </summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    public async Task DoAsync(int connection)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"ip/{Interlocked.Increment(ref _next):D10}");
        var put = new PutRequest { Key = ByteString.CopyFromUtf8(key), Value = _value };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _ = await _clients[connection].PutAsync(put); // The reply holds nothing that is asked for.
                return;
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Cancelled && attempt < TriesMax)
            {
                _ = Interlocked.Increment(ref _repeated);
            }
        }
    }

    public void Dispose() => _channels.ForEach(channel => channel.Dispose());
}
