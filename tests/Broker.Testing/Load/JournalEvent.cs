using System.Globalization;
using System.Text.Json;
using Broker.Client;

namespace Broker.Testing.Load;

/// <summary>An event as the stream gave it, read with nothing of the product but the JSON of its line.</summary>
internal sealed record JournalEvent(
    long Position,
    string Type,
    DateTimeOffset At,
    string Subject,
    long? Prev,
    string? Request,
    JsonElement Data)
{
    public static JournalEvent Read(StreamedEvent streamed)
    {
        using var document = JsonDocument.Parse(streamed.Line);
        var root = document.RootElement;
        return new JournalEvent(
            streamed.Position,
            root.GetProperty("type").GetString()!,
            DateTimeOffset.Parse(root.GetProperty("at").GetString()!, CultureInfo.InvariantCulture),
            root.GetProperty("subject").GetString()!,
            root.TryGetProperty("prev", out var prev) ? prev.GetInt64() : null,
            root.TryGetProperty("request", out var request) ? request.GetString() : null,
            root.GetProperty("data").Clone());
    }

    public string Text(string name) => Data.GetProperty(name).GetString()!;

    public long Number(string name) => Data.GetProperty(name).GetInt64();
}
