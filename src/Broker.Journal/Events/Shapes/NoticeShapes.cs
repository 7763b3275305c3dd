using System.Text.Json;
using Broker.Core.Events;

namespace Broker.Journal.Events.Shapes;

/// <summary><c>refusal.counted</c> and <c>alarm.raised</c>: what somebody should know of; no state follows.</summary>
internal static class NoticeShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<RefusalCounted>("refusal.counted", WriteCounted, ReadCounted),
        EventShape.Of<AlarmRaised>("alarm.raised", WriteRaised, ReadRaised),
    ];

    private static void WriteCounted(Utf8JsonWriter json, RefusalCounted e)
    {
        json.WriteString("code", RefusalNames.Table.Name(e.Code));
        json.WriteString("certificate", e.Certificate.Value);
        json.WriteString("node", e.Node.Value);
        json.WriteNumber("count", e.Count);
    }

    private static RefusalCounted ReadCounted(JsonElement json) => new(
        RefusalNames.Table.Parse(json.Text("code")), json.Certificate(), json.Node(), json.Number("count"));

    private static void WriteRaised(Utf8JsonWriter json, AlarmRaised e)
    {
        json.WriteString("kind", JournalNames.Alarms.Name(e.Kind));
        json.WriteString("node", e.Node.Value);
        json.Optional("certificate", e.Certificate?.Value);
        json.Optional("key", e.Key?.Value);
    }

    private static AlarmRaised ReadRaised(JsonElement json) => new(
        JournalNames.Alarms.Parse(json.Text("kind")), json.Node(), json.OptionalCertificate(), json.OptionalKey());
}
