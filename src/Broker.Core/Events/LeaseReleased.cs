using Broker.Core.Addresses;
using Broker.Core.Journal;

namespace Broker.Core.Events;

/// <summary>
/// <c>lease.released</c>: the lease that was granted at that position has ended; the address is cooling.
/// </summary>
public sealed record LeaseReleased(IpAddress Address, Generation Generation, long Granted) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Ip(Address);
}
