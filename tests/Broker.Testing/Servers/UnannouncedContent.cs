using System.Net;

namespace Broker.Testing.Servers;

/// <summary>A body that comes without its length and its type.</summary>
internal sealed class UnannouncedContent(byte[] bytes) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
