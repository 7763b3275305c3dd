using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Csrs;

/// <summary>Signing requests: pending ones first.</summary>
public sealed record CsrList(IReadOnlyList<CsrInfo> Csrs, LedgerPosition Ledger);
