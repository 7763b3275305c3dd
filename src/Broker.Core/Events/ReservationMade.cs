using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>reservation.made</c>: the addresses are not leased until it is dropped. One address is the subject itself; a
/// range has no subject of its own, so its pool is.
/// </summary>
public sealed record ReservationMade(
    IpRange Addresses,
    PoolName Pool,
    ReservationName? Name,
    MacAddress? Mac,
    PrivateText? Owner,
    PrivateText? Reason) : LedgerEvent
{
    /// <summary>The workload that may be leased the address all the same; null for none.</summary>
    public WorkloadName? Workload { get; init; }

    /// <inheritdoc/>
    public override Subject Subject =>
        Addresses.IsSingle ? Subject.Ip(Addresses.First) : Subject.Pool(Pool);
}
