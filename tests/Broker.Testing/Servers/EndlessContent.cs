using System.Net;
using System.Net.Http.Headers;

namespace Broker.Testing.Servers;

/// <summary>A JSON body that begins and never ends: white space trickles on.</summary>
internal sealed class EndlessContent : HttpContent
{
    private static readonly TimeSpan trickleEvery = TimeSpan.FromMilliseconds(200);
    private static readonly byte[] trickle = [.. Enumerable.Repeat((byte)' ', 64)];
    private readonly TaskCompletionSource _begun;

    /// <param name="begun">Completed when the first byte was sent.</param>
    public EndlessContent(TaskCompletionSource begun)
    {
        _begun = begun;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("{"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _ = _begun.TrySetResult(); // Serialised once.
        while (true)
        {
            // More than the least rate that Kestrel bears, and less in all than it takes.
            await Task.Delay(trickleEvery, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(trickle, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
