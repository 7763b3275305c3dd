using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>reservation.dropped</c>: the reservation made at a position ends; its subject is that one's.
/// </summary>
public sealed record ReservationDropped(IpRange Addresses, PoolName Pool, long Made, PrivateText? Reason)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject =>
        Addresses.IsSingle ? Subject.Ip(Addresses.First) : Subject.Pool(Pool);
}
