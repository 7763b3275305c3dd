using System.Buffers.Binary;
using Broker.Cni.Direct.Http2;

namespace Broker.Tests.Cni.Http2;

/// <summary>The other side of a connection: says what a test wrote down, and keeps what it is told.</summary>
internal sealed class ScriptedPeer : Stream
{
    private readonly MemoryStream _says = new();
    private long _read;

    /// <summary>What it was told, each write by itself.</summary>
    public List<byte[]> Told { get; } = [];

    public int BytesARead { get; set; } = int.MaxValue;

    public bool IsClosed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>It says one frame more.</summary>
    public ScriptedPeer Says(FrameKind kind, FrameFlags flags, int stream, params byte[] payload)
    {
        Span<byte> header = stackalloc byte[Frame.HeaderBytes];
        BinaryPrimitives.WriteInt32BigEndian(header, (payload.Length << 8) | (byte)kind);
        header[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], stream);
        _says.Write(header);
        _says.Write(payload);
        return this;
    }

    /// <summary>Says an answer of JSON.</summary>
    public ScriptedPeer Answers(int stream, string body) =>
        Says(FrameKind.Headers, FrameFlags.EndHeaders, stream, [0x88, .. Field(31, "application/json")])
            .Says(FrameKind.Data, FrameFlags.EndStream, stream, [.. body.Select(c => (byte)c)]);

    /// <summary>A literal header whose name is in the static table.</summary>
    public static byte[] Field(int name, string value) =>
        [(byte)(0x0f), (byte)(name - 15), (byte)value.Length, .. value.Select(c => (byte)c)];

    public override int Read(Span<byte> buffer)
    {
        var (end, written) = (_says.Length, _says.GetBuffer());
        var count = (int)Math.Min(Math.Min(buffer.Length, BytesARead), end - _read);
        written.AsSpan((int)_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => Told.Add(buffer.ToArray());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }
}
