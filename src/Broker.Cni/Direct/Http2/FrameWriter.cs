using System.Buffers;
using System.Buffers.Binary;

namespace Broker.Cni.Direct.Http2;

/// <summary>Frames that wait to be sent together.</summary>
internal sealed class FrameWriter(Stream stream)
{
    private readonly ArrayBufferWriter<byte> _waiting = new(1024);

    public void Write(ReadOnlySpan<byte> bytes) => _waiting.Write(bytes);

    public void Write(FrameKind kind, FrameFlags flags, int streamId, ReadOnlySpan<byte> payload)
    {
        var header = _waiting.GetSpan(Frame.HeaderBytes);
        BinaryPrimitives.WriteInt32BigEndian(header, (payload.Length << 8) | (byte)kind);
        header[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], streamId);
        _waiting.Advance(Frame.HeaderBytes);
        _waiting.Write(payload);
    }

    /// <summary>A frame whose payload is one number.</summary>
    public void Write(FrameKind kind, int streamId, int number)
    {
        Span<byte> payload = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        Write(kind, FrameFlags.None, streamId, payload);
    }

    public void Flush()
    {
        if (_waiting.WrittenCount > 0)
        {
            stream.Write(_waiting.WrittenSpan);
            _waiting.ResetWrittenCount();
        }
    }
}
