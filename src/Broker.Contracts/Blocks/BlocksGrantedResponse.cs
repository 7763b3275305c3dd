using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Blocks;

/// <summary>The answer to a request for blocks; repeated when it had been given before.</summary>
public sealed record BlocksGrantedResponse(IReadOnlyList<BlockInfo> Blocks, bool Repeated, LedgerPosition Ledger);
