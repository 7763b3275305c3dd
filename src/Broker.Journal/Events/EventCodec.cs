using System.Buffers;
using System.Text.Json;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Journal.Store;

namespace Broker.Journal.Events;

/// <summary>
/// An event as the bytes that are stored, hashed and served: one line of JSON, UTF-8, without white space, members in
/// fixed order, what is absent omitted, everything beyond plain ASCII escaped.
/// </summary>
public static class EventCodec
{
    private const int Version = 1;

    private static JsonDocumentOptions ReadOptions { get; } =
        new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The one encoding of an event, without a newline. Its length is not checked here.</summary>
    /// <exception cref="ArgumentException">An operator's name is in clear.</exception>
    public static byte[] Encode(Fact fact)
    {
        var shape = EventShapes.Of(fact.Event);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, Version);
            json.WriteString("type"u8, shape.Name);
            json.WriteString("at"u8, fact.At.ToString());
            if (fact.Effective is { } effective)
            {
                json.WriteString("effective"u8, effective.ToString());
            }

            json.WriteString("subject"u8, fact.Event.Subject.ToString());
            if (fact.Prev is { } prev)
            {
                json.WriteNumber("prev"u8, prev);
            }

            WriteActor(json, fact.Actor);
            if (fact.Request is { } request)
            {
                json.WriteString("request"u8, request.Value);
            }

            json.WriteStartObject("data"u8);
            shape.Write(json, fact.Event);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an event back.</summary>
    /// <exception cref="UnknownEventException">The version or type is not known.</exception>
    /// <exception cref="NotCanonicalException">The line is not what <see cref="Encode"/> writes for it.</exception>
    public static Fact Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length > JournalLimits.EventBytesMax)
        {
            throw new NotCanonicalException($"An event has at most 4,096 bytes, not {line.Length}.");
        }

        try
        {
            using var document = JsonDocument.Parse(line.ToArray(), ReadOptions);
            var fact = Read(document.RootElement);
            var subject = document.RootElement.Text("subject");
            if (subject != fact.Event.Subject.ToString())
            {
                throw new NotCanonicalException($"The subject '{subject}' is not the one of the data.");
            }

            return Encode(fact).AsSpan().SequenceEqual(line)
                ? fact
                : throw new NotCanonicalException("The line is not the canonical encoding of the event that it holds.");
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException
            or InvalidOperationException or ArgumentException)
        {
            throw new NotCanonicalException($"The line cannot be read as an event: {e.Message}", e);
        }
    }

    /// <summary>What is private in an event and still known, as rows for the erasable table.</summary>
    public static IEnumerable<PrivateRow> PrivateRows(long position, Fact fact)
    {
        var shape = EventShapes.Of(fact.Event);
        var (name, owner, reason) = (fact.Actor.PrivateName, shape.Owner(fact.Event), shape.Reason(fact.Event));
        if (name is { Value: { } nameValue, Salt: { } nameSalt })
        {
            yield return new PrivateRow(position, name.Commitment, nameSalt, nameValue);
        }

        if (owner is { Value: { } ownerValue, Salt: { } ownerSalt } && owner != name)
        {
            yield return new PrivateRow(position, owner.Commitment, ownerSalt, ownerValue);
        }

        if (reason is { Value: { } reasonValue, Salt: { } reasonSalt } && reason != name && reason != owner)
        {
            yield return new PrivateRow(position, reason.Commitment, reasonSalt, reasonValue);
        }
    }

    /// <summary>The commitments that stand in an event.</summary>
    public static IEnumerable<string> Commitments(Fact fact)
    {
        var shape = EventShapes.Of(fact.Event);
        return new[] { fact.Actor.PrivateName, shape.Owner(fact.Event), shape.Reason(fact.Event) }
            .Where(text => text is not null).Select(text => text!.Commitment).Distinct();
    }

    /// <summary>The name of an event's type, such as <c>lease.granted</c>.</summary>
    public static string TypeName(Fact fact) => EventShapes.Of(fact.Event).Name;

    private static Fact Read(JsonElement json)
    {
        if (!json.GetProperty("v").TryGetInt32(out var version) || version != Version)
        {
            throw new UnknownEventException("The event has a version that is unknown to this program.");
        }

        var shape = EventShapes.Of(json.Text("type"));
        return new Fact(
            json.Time("at"),
            json.TryGetProperty("effective", out _) ? json.Time("effective") : null,
            json.TryGetProperty("prev", out _) ? json.Number("prev") : null,
            ReadActor(json.GetProperty("actor")),
            json.OptionalText("request") is { } request ? RequestId.Parse(request) : null,
            shape.Read(json.GetProperty("data")));
    }

    private static void WriteActor(Utf8JsonWriter json, Actor actor)
    {
        if (actor.Name is not null && (actor.Role == ActorRole.Operator || actor.PrivateName is not null))
        {
            throw new ArgumentException("An operator's name never stands in the journal in clear.", nameof(actor));
        }

        json.WriteStartObject("actor"u8);
        json.WriteString("role"u8, JournalNames.Roles.Name(actor.Role));
        json.Optional("name", actor.PrivateName is { } name ? PrivateMarks.Text(name) : actor.Name);
        json.Optional("certificate", actor.Certificate?.Value);
        json.WriteEndObject();
    }

    private static Actor ReadActor(JsonElement json)
    {
        var name = json.OptionalText("name");
        var isPrivate = name is not null && PrivateMarks.Is(name);
        return new Actor(
            JournalNames.Roles.Parse(json.Text("role")),
            isPrivate ? null : name,
            isPrivate ? PrivateMarks.Read(name!) : null,
            json.OptionalCertificate());
    }
}
