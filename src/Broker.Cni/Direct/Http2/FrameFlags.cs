namespace Broker.Cni.Direct.Http2;

/// <summary>Flags of frames, RFC 9113 section 6; one bit means another thing to another type.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>Of data and headers: nothing follows on this stream.</summary>
    EndStream = 1,

    /// <summary>Of settings and pings.</summary>
    Acknowledged = EndStream,
    EndHeaders = 4,
    Padded = 8,
    Priority = 0x20,
}
