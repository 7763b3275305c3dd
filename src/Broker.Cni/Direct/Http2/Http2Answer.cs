using System.Buffers;
using Broker.Client;

namespace Broker.Cni.Direct.Http2;

/// <summary>
/// An answer as it comes: perhaps interim ones, headers, data, perhaps trailers (RFC 9113 section 8.1).
/// </summary>
internal sealed class Http2Answer
{
    private const int HeaderBytesMax = 16 * 1024;
    private readonly ArrayBufferWriter<byte> _block = new(256);
    private readonly ArrayBufferWriter<byte> _body = new(1024);
    private ResponseHead? _head;
    private bool _endsWithHeaders;

    /// <summary>Whether more headers must come before anything else.</summary>
    public bool IsInHeaders { get; private set; }

    public bool IsWhole { get; private set; }

    /// <summary>Bytes that counted against the connection's window, padding included.</summary>
    public int Received { get; private set; }

    public void BeginHeaders(Frame frame)
    {
        _endsWithHeaders = frame.Flags.HasFlag(FrameFlags.EndStream);
        _block.ResetWrittenCount();
        AddHeaders(frame);
    }

    public void AddHeaders(Frame frame)
    {
        _block.Write(frame.Kind == FrameKind.Headers ? frame.Content() : frame.Payload.Span);
        if (_block.WrittenCount > HeaderBytesMax)
        {
            throw new Http2Exception($"more than {HeaderBytesMax} bytes of headers came");
        }

        IsInHeaders = !frame.Flags.HasFlag(FrameFlags.EndHeaders);
        if (!IsInHeaders)
        {
            EndHeaders();
        }
    }

    public void AddData(Frame frame)
    {
        if (_head is null)
        {
            throw new Http2Exception("data before any headers came");
        }

        Received += frame.Payload.Length;
        if (Received > Http2Connection.BodyBytesMax)
        {
            throw new Http2Exception($"more than {Http2Connection.BodyBytesMax} bytes came");
        }

        _body.Write(frame.Content());
        IsWhole = frame.Flags.HasFlag(FrameFlags.EndStream);
    }

    public HttpReply Reply() => new(_head!.Value.Status, _head.Value.MediaType, _body.WrittenSpan.ToArray());

    private void EndHeaders()
    {
        if (_head is null)
        {
            var head = new HeaderReader(_block.WrittenSpan).Read();
            var isInterim = head.Status < 200;
            _head = isInterim ? null : head;
            IsWhole = !isInterim && _endsWithHeaders;
            return;
        }

        // Trailers: there is nothing in them that we ask for, and without a dynamic table they need not be read.
        IsWhole = _endsWithHeaders ? true : throw new Http2Exception("headers amid data came");
    }
}
