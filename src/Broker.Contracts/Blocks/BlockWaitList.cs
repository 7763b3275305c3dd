using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Blocks;

/// <summary>The blocks that wait for something, in order of their addresses.</summary>
public sealed record BlockWaitList(IReadOnlyList<BlockWaitInfo> Blocks, LedgerPosition Ledger);
