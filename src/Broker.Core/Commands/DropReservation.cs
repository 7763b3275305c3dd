using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Drop the reservation of exactly these addresses that was made at a position; one that is gone is answered again,
/// another one there is <c>conflict</c>.
/// </summary>
public sealed record DropReservation(Actor Actor, IpRange Addresses, long Position, PrivateText? Reason)
    : Command<ReservationEnded>(Actor, null);
