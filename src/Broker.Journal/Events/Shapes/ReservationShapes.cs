using System.Text.Json;
using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>reservation.*</c> events.</summary>
internal static class ReservationShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.WithReason<ReservationMade>("reservation.made", WriteMade, ReadMade, e => e.Reason) with
        {
            Owner = e => ((ReservationMade)e).Owner,
        },
        EventShape.WithReason<ReservationDropped>("reservation.dropped", WriteDropped, ReadDropped, e => e.Reason),
    ];

    private static void WriteMade(Utf8JsonWriter json, ReservationMade e)
    {
        json.WriteString("addresses", e.Addresses.ToShortText());
        json.WriteString("pool", e.Pool.Value);
        json.Optional("name", e.Name?.Value);
        json.Optional("mac", e.Mac?.Value);
        json.Optional("owner", e.Owner is null ? null : PrivateMarks.Text(e.Owner));
        json.Optional("workload", e.Workload?.Value); // Older journals have none, and stay byte for byte the same.
    }

    private static ReservationMade ReadMade(JsonElement json, PrivateText? reason) => new(
        Range(json),
        Pool(json),
        json.OptionalText("name") is { } name ? ReservationName.Parse(name) : null,
        json.OptionalText("mac") is { } mac ? MacAddress.Parse(mac) : null,
        json.OptionalText("owner") is { } owner ? PrivateMarks.Read(owner) : null,
        reason)
    {
        Workload = json.OptionalText("workload") is { } workload ? WorkloadName.Parse(workload) : null,
    };

    private static void WriteDropped(Utf8JsonWriter json, ReservationDropped e)
    {
        json.WriteString("addresses", e.Addresses.ToShortText());
        json.WriteString("pool", e.Pool.Value);
        json.WriteNumber("made", e.Made);
    }

    private static ReservationDropped ReadDropped(JsonElement json, PrivateText? reason) =>
        new(Range(json), Pool(json), json.Number("made"), reason);

    private static PoolName Pool(JsonElement json) => PoolName.Parse(json.Text("pool"));

    private static IpRange Range(JsonElement json) => IpRange.TryParse(json.Text("addresses"), out var range)
        ? range
        : throw new FormatException("The addresses of a reservation are one address or 'first-last'.");
}
