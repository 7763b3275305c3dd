using System.Net;
using System.Runtime.InteropServices;

namespace Broker.Cni.Direct;

/// <summary>
/// A TCP connection by the system calls themselves: each blocks the one thread that an exec has, no longer than its
/// deadline. What .NET's sockets bring for waiting, threads and an epoll loop, costs more than the whole exchange.
/// </summary>
internal sealed class TcpStream : Stream
{
    private readonly int _descriptor;
    private bool _closed;

    private TcpStream(int descriptor) => _descriptor = descriptor;

    /// <summary>When reading and writing must be over.</summary>
    public Deadline Deadline { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">It does not connect, or not in time; the message is the system's.</exception>
    public static TcpStream Connect(IPEndPoint remote, Deadline deadline)
    {
        var address = remote.Serialize();
        var descriptor = TcpCalls.Open(remote.AddressFamily);
        if (descriptor < 0)
        {
            throw TcpCalls.Failed();
        }

        var stream = new TcpStream(descriptor) { Deadline = deadline };
        try
        {
            TcpCalls.SendAtOnce(descriptor);
            TcpCalls.LimitSending(descriptor, stream.Left());
            var bytes = address.Buffer.Span[..address.Size];
            return TcpCalls.Connect(descriptor, bytes) == 0 ? stream : throw TcpCalls.Failed();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            TcpCalls.LimitReceiving(_descriptor, Left());
            var count = TcpCalls.Receive(_descriptor, buffer);
            if (count >= 0)
            {
                return (int)count;
            }

            if (Marshal.GetLastPInvokeError() != TcpCalls.Interrupted)
            {
                throw TcpCalls.Failed();
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            TcpCalls.LimitSending(_descriptor, Left());
            var count = TcpCalls.Send(_descriptor, buffer);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
            }
            else if (Marshal.GetLastPInvokeError() != TcpCalls.Interrupted)
            {
                throw TcpCalls.Failed();
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!_closed)
        {
            _closed = true;
            TcpCalls.Close(_descriptor);
        }

        base.Dispose(disposing);
    }

    private TimeSpan Left() =>
        Deadline.Left is var left && left > TimeSpan.Zero ? left : throw new OverdueException();
}
