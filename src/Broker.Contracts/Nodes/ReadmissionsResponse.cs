using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Nodes;

/// <summary>What became of each node, in the order of the request.</summary>
public sealed record ReadmissionsResponse(IReadOnlyList<ReadmissionResult> Nodes, LedgerPosition Ledger);
