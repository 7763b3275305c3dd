using System.Buffers.Binary;
using System.Globalization;
using Broker.Bench.Load;
using Broker.Bench.Peers.Wire;
using Broker.Cni.Direct.Http2;
using Google.Protobuf;

namespace Broker.Bench.Peers;

/// <summary>Puts of new keys with values of one size, a connection each for as many callers as are asked for.</summary>
internal sealed class EtcdPuts : ILoadTarget, IDisposable
{
    private readonly LoadConnections _connections;
    private readonly ByteString _value;
    private long _next;

    public EtcdPuts(EtcdServer server, int connections, int valueBytes)
    {
        var value = new byte[valueBytes];
        new Random(1).NextBytes(value);
        _value = UnsafeByteOperations.UnsafeWrap(value);
        _connections = new LoadConnections([.. Enumerable.Repeat(server.Endpoint, connections)]);
    }

    /// <summary>Requests that were sent again.</summary>
    public long Repeated => _connections.Repeated;

    public void Do(int connection)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"ip/{Interlocked.Increment(ref _next):D10}");
        var put = new PutRequest { Key = ByteString.CopyFromUtf8(key), Value = _value };
        var reply = _connections.Ask(connection, Call("Put", put));
        _ = IsDone(reply.Status, reply.Body)
            ? put // The reply holds nothing that is asked for.
            : throw new InvalidOperationException($"etcd refused a put, HTTP status {reply.Status}");
    }

    public void Dispose() => _connections.Dispose();

    /// <summary>A call in the form of gRPC over HTTP/2: one message, with its length before it.</summary>
    internal static Http2Request Call(string method, IMessage message)
    {
        var body = new byte[PrefixBytes + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), body.Length - PrefixBytes);
        message.WriteTo(body.AsSpan(PrefixBytes));
        return new Http2Request("POST", $"/etcdserverpb.KV/{method}", body)
        {
            ContentType = "application/grpc",
            Headers = [new("te", "trailers")],
        };
    }

    /// <summary>Whether a message came: an error of gRPC has trailers alone.</summary>
    internal static bool IsDone(int status, byte[] body) => status == 200 && body.Length > PrefixBytes;

    private const int PrefixBytes = 5;
}
