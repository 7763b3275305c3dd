using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Blocks;

/// <summary>Live blocks.</summary>
public sealed record BlockList(IReadOnlyList<BlockInfo> Blocks, LedgerPosition Ledger);
