using Broker.Core.Events;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>ledger.*</c> events and <c>clock.stepped</c>.</summary>
internal static class LedgerShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<LedgerCreated>(
            "ledger.created",
            (json, e) => json.WriteString("origin", e.Origin),
            json => new LedgerCreated(json.Text("origin"))),
        EventShape.Of<LedgerLed>(
            "ledger.led",
            (json, e) =>
            {
                json.WriteNumber("epoch", e.Epoch);
                json.WriteString("writer", e.Writer);
            },
            json => new LedgerLed(json.Number("epoch"), json.Text("writer"))),
        EventShape.Of<LedgerSealed>(
            "ledger.sealed",
            (json, e) => json.WriteString("to", e.To),
            json => new LedgerSealed(json.Text("to"))),
        EventShape.Of<ClockStepped>(
            "clock.stepped",
            (json, e) => json.WriteNumber("behindMicroseconds", e.BehindMicroseconds),
            json => new ClockStepped(json.Number("behindMicroseconds"))),
        EventShape.Of<EvidenceGap>(
            "evidence.gap",
            (json, e) =>
            {
                json.Optional("since", e.Since?.ToString());
                json.WriteString("until", e.Until.ToString());
            },
            json => new EvidenceGap(json.OptionalTime("since"), json.Time("until"))),
    ];
}
