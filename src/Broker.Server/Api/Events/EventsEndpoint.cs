using System.Globalization;
using Broker.Journal.Writing;
using Broker.Server.Options;
using Broker.Server.Streaming;

namespace Broker.Server.Api.Events;

/// <summary>
/// The journal as Server-Sent Events from just after <c>after</c> or <c>Last-Event-ID</c>; from its start without
/// either.
/// </summary>
internal sealed class EventsEndpoint(
    LedgerWriter writer,
    OpenStreams streams,
    BrokerSettings settings,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    public async Task StreamAsync(HttpContext context)
    {
        var after = Cursor(context);
        var size = writer.Durable.Size;
        if (after >= size)
        {
            throw new ApiProblemException(
                "cursor_ahead", $"The cursor is {after}, the newest position is {size - 1}.");
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var heartbeat = TimeSpan.FromSeconds(settings.Limits.StreamHeartbeatSeconds);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        var stream = new JournalEventStream(writer, context.Response.BodyWriter, heartbeat, time);
        await streams.RunAsync(stream, after, stop.Token);
    }

    /// <exception cref="ApiProblemException">The cursor is no position, or the two contradict.</exception>
    private static long Cursor(HttpContext context)
    {
        var after = new QueryReader(context, "after").Number("after");
        var header = context.Request.Headers["Last-Event-ID"].ToString();
        long? last = null;
        if (header.Length > 0)
        {
            // A browser that reconnects repeats the first query, so the header, which is newer, wins.
            last = long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? position
                : throw new ApiProblemException("query_invalid", "The header Last-Event-ID is not a position.");
        }

        var cursor = last ?? after ?? -1;
        return cursor >= -1 ? cursor : throw QueryReader.Invalid("after", "is at least -1");
    }
}
