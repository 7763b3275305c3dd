using Broker.Core.Addresses;
using Broker.Core.Journal;

namespace Broker.Core.Events;

/// <summary>
/// <c>lease.reclaimed</c>: the lease that was granted at that position has ended without a release by its node; the
/// address is cooling, for everybody.
/// </summary>
public sealed record LeaseReclaimed(IpAddress Address, Generation Generation, long Granted, Evidence Evidence)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Ip(Address);
}
