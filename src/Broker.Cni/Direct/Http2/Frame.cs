namespace Broker.Cni.Direct.Http2;

/// <summary>One frame, RFC 9113 section 4.1.</summary>
/// <param name="Kind">Its type, perhaps an unknown one.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Stream">Its stream; 0 for the connection.</param>
/// <param name="Payload">Valid until the next frame is read.</param>
internal readonly record struct Frame(FrameKind Kind, FrameFlags Flags, int Stream, ReadOnlyMemory<byte> Payload)
{
    public const int HeaderBytes = 9;

    /// <summary>The largest that either side sends: neither asks for more.</summary>
    public const int PayloadBytesMax = 16_384;

    /// <summary>The payload without padding and priority.</summary>
    /// <exception cref="Http2Exception">There is more padding than payload.</exception>
    public ReadOnlySpan<byte> Content()
    {
        var content = Payload.Span;
        var padding = 0;
        if (Flags.HasFlag(FrameFlags.Padded))
        {
            padding = content.IsEmpty ? throw Malformed() : content[0];
            content = content[1..];
        }

        if (Kind == FrameKind.Headers && Flags.HasFlag(FrameFlags.Priority))
        {
            content = content.Length >= 5 ? content[5..] : throw Malformed();
        }

        return padding <= content.Length ? content[..^padding] : throw Malformed();
    }

    private Http2Exception Malformed() => new($"a frame of type {(int)Kind} is too short for what it says");
}
