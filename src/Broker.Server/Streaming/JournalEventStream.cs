using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Broker.Journal.Reading;
using Broker.Journal.Writing;

namespace Broker.Server.Streaming;

/// <summary>
/// Writes the journal to one subscriber, from a position on, for ever. It reads what is durable from the store, so a
/// slow subscriber costs no memory here; between events it sends a comment so that a broken connection is noticed.
/// </summary>
internal sealed class JournalEventStream(
    LedgerWriter writer, PipeWriter output, TimeSpan heartbeat, TimeProvider time)
{
    private const int EventsPerRead = 1024;
    private const int UnflushedBytesMax = 64 * 1024;
    private long _next;

    /// <summary>The position that is sent next.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>Runs until the subscriber goes, the broker stops, or the connection is aborted.</summary>
    public async Task RunAsync(long after, CancellationToken cancellation)
    {
        var next = after + 1;
        Volatile.Write(ref _next, next);
        try
        {
            await CommentAsync("broker", cancellation);
            while (!cancellation.IsCancellationRequested)
            {
                var size = writer.Durable.Size;
                if (next < size)
                {
                    next = await SendAsync(next, Math.Min(size, next + EventsPerRead), cancellation);
                    Volatile.Write(ref _next, next);
                }
                else
                {
                    await WaitAsync(size, cancellation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The subscriber has gone or the broker stops; the subscriber resumes from the position that it has.
            return;
        }
        catch (WriterStoppedException)
        {
            // Nothing durable will follow: the stream ends whole, and the subscriber resumes elsewhere.
            return;
        }
    }

    private async Task<long> SendAsync(long from, long to, CancellationToken cancellation)
    {
        await foreach (var line in JournalReader.ReadAsync(writer.Store, from, to, cancellation))
        {
            Write(line);
            from = line.Position + 1;
            if (output.UnflushedBytes >= UnflushedBytesMax)
            {
                _ = await output.FlushAsync(cancellation);
            }
        }

        _ = await output.FlushAsync(cancellation);
        return from;
    }

    private void Write(JournalLine line)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture, $"id: {line.Position}\nevent: {TypeOf(line.Line.Span)}\ndata: ");
        _ = Encoding.UTF8.GetBytes(head, output);
        output.Write(line.Line.Span);
        output.Write("\n\n"u8);
    }

    private async Task WaitAsync(long size, CancellationToken cancellation)
    {
        using var beat = new CancellationTokenSource(heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, cancellation);
        try
        {
            await writer.WaitForSizeAboveAsync(size, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await CommentAsync("beat", cancellation);
        }
    }

    private async Task CommentAsync(string text, CancellationToken cancellation)
    {
        _ = Encoding.UTF8.GetBytes($": {text}\n\n", output);
        _ = await output.FlushAsync(cancellation);
    }

    // Canonical encoding puts the type second: {"v":1,"type":"lease.granted",...
    private static string TypeOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("type"u8))
            {
                _ = reader.Read();
                return reader.GetString()!;
            }
        }

        throw new InvalidDataException("A journal line has no type.");
    }
}
