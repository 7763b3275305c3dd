using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Leases;

/// <summary>The addresses that were freed, possibly none.</summary>
public sealed record LeasesReleasedResponse(IReadOnlyList<string> Released, LedgerPosition Ledger);
