using Broker.Contracts.Ledgers;
using Broker.Contracts.Reservations;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Reservations;

/// <summary>What the description of the surface says of reservations.</summary>
internal static class ReservationDocs
{
    public static EndpointAbout List { get; } = new("listReservations", "Lists the reservations.")
    {
        Gives = typeof(ReservationList),
    };

    public static EndpointAbout Make { get; } = new(
        "makeReservation", "Keeps addresses of a pool back, so that none is leased, or one address for one workload.")
    {
        Takes = typeof(ReservationRequest),
        Gives = typeof(ReservationInfo),
        Query = [DryRun.Described],
        Problems =
        [
            "pool_unknown", "exists", "reservation_overlaps", "lessor_agent", "address_held", "reservation_unbindable",
            "ledger_limit",
        ],
    };

    public static EndpointAbout Drop { get; } = new("dropReservation", "Drops a reservation.")
    {
        Takes = typeof(ChangeRequest),
        BodyOptional = true,
        Gives = typeof(ReservationDroppedResponse),
        Query =
        [
            new("addresses", "Exactly the addresses that are reserved.") { Required = true },
            new("position", "The position of the reservation that is meant.", QueryKind.Number) { Required = true },
            DryRun.Described,
        ],
        Problems = ["conflict", "reservation_unknown", "lessor_agent", "address_held"],
    };
}
