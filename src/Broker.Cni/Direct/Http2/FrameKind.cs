namespace Broker.Cni.Direct.Http2;

/// <summary>Types of frames, RFC 9113 section 6; others are passed over.</summary>
internal enum FrameKind : byte
{
    Data = 0,
    Headers = 1,
    Reset = 3,
    Settings = 4,
    Push = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}
