using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Routes;

/// <summary>Where each live block is.</summary>
public sealed record RouteList(IReadOnlyList<RouteInfo> Routes, LedgerPosition Ledger);
