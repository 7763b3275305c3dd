using System.Text.Json;
using Broker.Core.Events;

namespace Broker.Journal.Events.Shapes;

/// <summary>The member <c>evidence</c> of the events that reclaim something.</summary>
internal static class EvidenceShape
{
    public static void Write(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject("evidence");
        json.WriteString("kind", JournalNames.EvidenceKinds.Name(evidence.Kind));
        json.WriteString("uid", evidence.Uid);
        Write(json, "first", evidence.First);
        if (evidence.Second is { } second)
        {
            Write(json, "second", second);
        }

        if (evidence.ApartSeconds is { } apart)
        {
            json.WriteNumber("apartSeconds", apart);
        }

        json.WriteEndObject();
    }

    public static Evidence Read(JsonElement data)
    {
        var json = data.GetProperty("evidence");
        return new Evidence(
            JournalNames.EvidenceKinds.Parse(json.Text("kind")),
            json.Text("uid"),
            ReadLook(json.GetProperty("first")),
            json.TryGetProperty("second", out var second) ? ReadLook(second) : null,
            json.TryGetProperty("apartSeconds", out _) ? json.Number("apartSeconds") : null);
    }

    private static void Write(Utf8JsonWriter json, string name, Observation look)
    {
        json.WriteStartObject(name);
        json.WriteString("at", look.At.ToString());
        json.WriteString("source", JournalNames.EvidenceSources.Name(look.Source));
        json.WriteString("seen", JournalNames.EvidenceSights.Name(look.Seen));
        json.Optional("resourceVersion", look.ResourceVersion);
        json.Optional("otherUid", look.OtherUid);
        json.WriteEndObject();
    }

    private static Observation ReadLook(JsonElement json) => new(
        json.Time("at"),
        JournalNames.EvidenceSources.Parse(json.Text("source")),
        JournalNames.EvidenceSights.Parse(json.Text("seen")),
        json.OptionalText("resourceVersion"),
        json.OptionalText("otherUid"));
}
