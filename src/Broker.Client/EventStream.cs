using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Broker.Contracts.Routing;

namespace Broker.Client;

/// <summary>
/// The journal as Server-Sent Events (WHATWG HTML section 9.2), from just after a position; it never skips one: a gap
/// is an error, and after a break the caller opens a new stream at the position it has.
/// </summary>
public sealed class EventStream(BrokerConnection connection, long after)
{
    /// <summary>Reads until the broker ends the stream, which it does when it stops, or the caller cancels.</summary>
    /// <exception cref="InvalidDataException">The stream skipped a position.</exception>
    /// <exception cref="BrokerProblemException">The broker refused.</exception>
    /// <exception cref="BrokerUnreachableException">No answer came, or the connection broke.</exception>
    public async IAsyncEnumerable<StreamedEvent> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = after;
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"{ApiRoutes.Events}?after={after}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await connection.OpenAsync(request, cancellation).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var _ = body.ConfigureAwait(false);
        var items = SseParser.Create(body).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        await using var disposed = items.ConfigureAwait(false);
        while (await MoveAsync(items).ConfigureAwait(false))
        {
            var item = items.Current;
            if (!long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                || position != cursor + 1)
            {
                throw new InvalidDataException($"After position {cursor} the stream went on with '{item.EventId}'.");
            }

            cursor = position;
            yield return new StreamedEvent(position, item.EventType, item.Data);
        }
    }

    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw connection.Broken(error);
        }
    }
}
