namespace Broker.Cni.Direct.Http2;

/// <summary>What came is not the HTTP/2 of RFC 9113, or more of it than is taken.</summary>
internal sealed class Http2Exception(string message) : IOException(message);
