using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Nodes;

/// <summary>All nodes.</summary>
public sealed record NodeList(IReadOnlyList<NodeInfo> Nodes, LedgerPosition Ledger);
