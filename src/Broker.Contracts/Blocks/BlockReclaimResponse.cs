using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Blocks;

/// <summary>
/// The answer to a reclaim; reclaimed is false when that generation was gone already. Fenced: the node was not, and is
/// now.
/// </summary>
public sealed record BlockReclaimResponse(
    string Block, long Generation, bool Reclaimed, bool Fenced, long LeasesEnded, LedgerPosition Ledger);
