using Broker.Core.Addresses;

namespace Broker.Core.Views;

/// <summary>The answer to a drop; <c>Dropped</c> is false when that reservation was gone already.</summary>
public sealed record ReservationEnded(IpRange Addresses, long Position, bool Dropped);
