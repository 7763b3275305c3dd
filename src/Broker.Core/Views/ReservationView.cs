using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Views;

/// <summary>Addresses kept back. <c>Position</c> is that of its <c>reservation.made</c>.</summary>
public sealed record ReservationView(
    IpRange Addresses,
    PoolName Pool,
    ReservationName? Name,
    MacAddress? Mac,
    PrivateText? Owner,
    Actor MadeBy,
    Instant MadeAt,
    long Position)
{
    /// <summary>The workload that the address is bound to; null for none.</summary>
    public WorkloadName? Workload { get; init; }
}
