using System.Buffers.Binary;

namespace Broker.Cni.Direct.Http2;

/// <summary>Cuts what comes into frames.</summary>
internal sealed class FrameReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[Frame.HeaderBytes + Frame.PayloadBytesMax];
    private int _start;
    private int _end;

    /// <summary>The next frame, if it is here as a whole.</summary>
    /// <exception cref="Http2Exception">It is larger than frames may be.</exception>
    public bool TryNext(out Frame frame)
    {
        frame = default;
        var here = _buffer.AsSpan(_start.._end);
        if (here.Length < Frame.HeaderBytes)
        {
            return false;
        }

        var length = (here[0] << 16) | (here[1] << 8) | here[2];
        if (length > Frame.PayloadBytesMax)
        {
            throw new Http2Exception($"a frame of {length} bytes came");
        }

        if (here.Length < Frame.HeaderBytes + length)
        {
            return false;
        }

        frame = new Frame(
            (FrameKind)here[3],
            (FrameFlags)here[4],
            BinaryPrimitives.ReadInt32BigEndian(here[5..]) & int.MaxValue,
            _buffer.AsMemory(_start + Frame.HeaderBytes, length));
        _start += Frame.HeaderBytes + length;
        return true;
    }

    /// <summary>Waits for more; frames that were given out are no longer valid.</summary>
    /// <exception cref="IOException">Nothing more comes.</exception>
    public void Fill()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = stream.Read(_buffer.AsSpan(_end));
        _end += count > 0 ? count : throw new IOException("the connection was closed before the answer came");
    }
}
