using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Leases;

/// <summary>The answer to a request for addresses; repeated when it had been given before.</summary>
public sealed record LeasesGrantedResponse(IReadOnlyList<LeaseInfo> Leases, bool Repeated, LedgerPosition Ledger);
