using Broker.Contracts.Reservations;
using Broker.Core.Views;
using Broker.Server.Enrolment;

namespace Broker.Server.Api.Reservations;

/// <summary>Reservations as they go over the wire, with the names that were not erased.</summary>
internal sealed class ReservationWire(PrivateNames names)
{
    public async Task<ReservationInfo> DescribeAsync(ReservationView reservation, CancellationToken cancellation) =>
        new(
            reservation.Addresses.ToShortText(),
            reservation.Pool.Value,
            reservation.Name?.Value,
            reservation.Mac?.Value,
            reservation.Owner is { } owner ? await names.TextAsync(owner, cancellation) : null,
            await names.OfAsync(reservation.MadeBy, cancellation),
            reservation.MadeAt.ToString(),
            reservation.Position,
            reservation.Workload?.Value);
}
