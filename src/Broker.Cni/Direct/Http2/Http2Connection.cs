using System.Buffers.Binary;
using Broker.Client;

namespace Broker.Cni.Direct.Http2;

/// <summary>
/// As much of HTTP/2, RFC 9113, as one exec needs: one request at a time, on the thread that asks. The preface goes out
/// together with the first request, so that an exchange takes one round trip. All that comes is bounded; whatever it
/// throws, the connection is of no more use.
/// </summary>
internal sealed class Http2Connection(Stream stream, string authority) : IDisposable
{
    /// <summary>Longest answer: ten thousand leases have three million bytes.</summary>
    public const int BodyBytesMax = 16 * 1024 * 1024;

    /// <summary>What either side takes before it has said anything, section 6.9.2.</summary>
    private const int WindowBytesFirst = 65_535;

    private const int WindowSetting = 4; // SETTINGS_INITIAL_WINDOW_SIZE
    private const int SettingBytes = 6;
    private readonly FrameReader _reader = new(stream);
    private readonly FrameWriter _writer = new(stream);
    private int _stream = -1;
    private int _lastAccepted = int.MaxValue;
    private long _room = WindowBytesFirst;
    private long _roomOfStream = WindowBytesFirst;

    /// <summary>Whether it takes one more request.</summary>
    public bool IsOpen => _lastAccepted == int.MaxValue && _room >= Frame.PayloadBytesMax;

    /// <summary>Asks, and waits for the whole answer.</summary>
    /// <exception cref="IOException">No answer came.</exception>
    /// <exception cref="Http2Exception">What came is no HTTP/2.</exception>
    public HttpReply Exchange(Http2Request request)
    {
        Begin();
        Send(request);
        _writer.Flush();
        var answer = new Http2Answer();
        while (!answer.IsWhole)
        {
            if (_reader.TryNext(out var frame))
            {
                Take(frame, answer);
            }
            else
            {
                _writer.Flush();
                _reader.Fill();
            }
        }

        if (answer.Received > 0)
        {
            // Goes out with the next request, if there is one.
            _writer.Write(FrameKind.WindowUpdate, 0, answer.Received);
        }

        return answer.Reply();
    }

    public void Dispose() => stream.Dispose();

    private void Begin()
    {
        if (_stream < 0)
        {
            _writer.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
            _writer.Write(FrameKind.Settings, FrameFlags.None, 0, OurSettings());
            _writer.Write(FrameKind.WindowUpdate, 0, BodyBytesMax - WindowBytesFirst);
        }

        _stream += 2;
    }

    // Section 6.5.2: no dynamic table, no push, and room for the longest answer.
    private static byte[] OurSettings()
    {
        var settings = new byte[18];
        settings[1] = 1;
        settings[7] = 2;
        settings[13] = WindowSetting;
        BinaryPrimitives.WriteInt32BigEndian(settings.AsSpan(14), BodyBytesMax);
        return settings;
    }

    private void Send(Http2Request request)
    {
        var headers = HeaderWriter.Write(request, authority);
        var length = request.Body?.Length ?? 0;
        if (headers.Length > Frame.PayloadBytesMax || length > Math.Min(_roomOfStream, Frame.PayloadBytesMax))
        {
            throw new Http2Exception("the request is too large");
        }

        var end = length == 0 ? FrameFlags.EndStream : FrameFlags.None;
        _writer.Write(FrameKind.Headers, FrameFlags.EndHeaders | end, _stream, headers);
        if (length > 0)
        {
            _room -= length;
            _writer.Write(FrameKind.Data, FrameFlags.EndStream, _stream, request.Body);
        }
    }

    private void Take(Frame frame, Http2Answer answer)
    {
        if (answer.IsInHeaders && (frame.Kind != FrameKind.Continuation || frame.Stream != _stream))
        {
            throw new Http2Exception("a frame amid headers came");
        }

        switch (frame.Kind)
        {
            case FrameKind.Data when frame.Stream == _stream:
                answer.AddData(frame);
                break;
            case FrameKind.Headers when frame.Stream == _stream:
                answer.BeginHeaders(frame);
                break;
            case FrameKind.Continuation when answer.IsInHeaders:
                answer.AddHeaders(frame);
                break;
            case FrameKind.Data or FrameKind.Headers or FrameKind.Continuation or FrameKind.Push:
                throw new Http2Exception($"a frame of type {(int)frame.Kind} on stream {frame.Stream} came");
            case FrameKind.Reset when frame.Stream == _stream:
                throw new IOException($"the request was given up by the other side, error {NumberOf(frame, 0)}");
            default:
                TakeControl(frame);
                break;
        }
    }

    private void TakeControl(Frame frame)
    {
        var isAnswer = frame.Flags.HasFlag(FrameFlags.Acknowledged);
        switch (frame.Kind)
        {
            case FrameKind.Settings when !isAnswer:
                TakeSettings(frame.Payload.Span);
                _writer.Write(FrameKind.Settings, FrameFlags.Acknowledged, 0, []);
                break;
            case FrameKind.Ping when !isAnswer:
                _writer.Write(FrameKind.Ping, FrameFlags.Acknowledged, 0, frame.Payload.Span);
                break;
            case FrameKind.WindowUpdate when frame.Stream == 0:
                _room += NumberOf(frame, 0) & int.MaxValue;
                break;
            case FrameKind.GoAway:
                _lastAccepted = (int)NumberOf(frame, 0) & int.MaxValue;
                if (_stream > _lastAccepted)
                {
                    throw new IOException($"the other side takes no more requests, error {NumberOf(frame, 4)}");
                }

                break;
            default:
                break;
        }
    }

    // We have no table of headers, one stream at a time, and frames of the smallest size: only the window is left.
    private void TakeSettings(ReadOnlySpan<byte> settings)
    {
        for (; settings.Length >= SettingBytes; settings = settings[SettingBytes..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(settings) == WindowSetting)
            {
                _roomOfStream = BinaryPrimitives.ReadUInt32BigEndian(settings[2..]);
            }
        }
    }

    private static uint NumberOf(Frame frame, int at) => frame.Payload.Length >= at + sizeof(uint)
        ? BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.Span[at..])
        : throw new Http2Exception($"a frame of type {(int)frame.Kind} is too short");
}
