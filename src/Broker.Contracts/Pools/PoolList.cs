using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Pools;

/// <summary>All pools.</summary>
public sealed record PoolList(IReadOnlyList<PoolInfo> Pools, LedgerPosition Ledger);
