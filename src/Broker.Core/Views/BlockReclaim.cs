using Broker.Core.Addresses;
using Broker.Core.Journal;

namespace Broker.Core.Views;

/// <summary>
/// The answer to a reclaim. <c>Reclaimed</c> is false while leases are left, and when that generation was gone already.
/// </summary>
public sealed record BlockReclaim(
    Cidr Block, Generation Generation, bool Reclaimed, bool Fenced, int LeasesEnded, long LeasesLeft);
