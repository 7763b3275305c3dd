using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Leases;

/// <summary>Live leases; truncated when there are more than were asked for.</summary>
public sealed record LeaseList(IReadOnlyList<LeaseInfo> Leases, bool Truncated, LedgerPosition Ledger);
