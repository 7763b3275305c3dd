using System.Globalization;
using System.Text.Json;
using Broker.Journal.Events;
using Broker.Journal.Reading;
using Broker.Journal.Tree;

namespace Broker.Journal.Dapr.Relay;

/// <summary>
/// An event as CloudEvents 1.0 (structured JSON). A view: the leaf is the truth, and stands in it as it is. The id is
/// the position, so that a repeat is known as one; <c>sequence</c> orders as text.
/// </summary>
internal static class CloudEvent
{
    /// <summary>What it is published as: the sidecar leaves such an envelope as it is.</summary>
    public const string ContentType = "application/cloudevents+json";

    public static byte[] Encode(string origin, JournalLine line)
    {
        var fact = EventCodec.Decode(line.Line.Span);
        var position = line.Position.ToString(CultureInfo.InvariantCulture);
        using var buffer = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0");
            json.WriteString("id"u8, position);
            json.WriteString("source"u8, $"//{origin}");
            json.WriteString("type"u8, $"broker.{EventCodec.TypeName(fact)}.v1");
            json.WriteString("subject"u8, fact.Event.Subject.ToString());
            json.WriteString("time"u8, (fact.Effective ?? fact.At).ToString());
            json.WriteString("recordedtime"u8, fact.At.ToString());
            json.WriteString("sequence"u8, position.PadLeft(20, '0'));
            json.WriteString("partitionkey"u8, fact.Event.Subject.ToString());
            json.WriteString("leafhash"u8, Merkle.Leaf(line.Line.Span).ToString());
            json.WriteString("datacontenttype"u8, "application/json");
            json.WriteBase64String("data_base64"u8, line.Line.Span);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
