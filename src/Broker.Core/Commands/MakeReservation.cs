using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Keep addresses of one pool back, or one address for one workload. The same content again, with the same
/// sealed owner, is answered again.
/// </summary>
public sealed record MakeReservation(
    Actor Actor, IpRange Addresses, ReservationName? Name, MacAddress? Mac, PrivateText? Owner, PrivateText? Reason)
    : Command<ReservationView>(Actor, null)
{
    /// <summary>The workload that the address is bound to; null when it goes to nobody.</summary>
    public WorkloadName? Workload { get; init; }
}
