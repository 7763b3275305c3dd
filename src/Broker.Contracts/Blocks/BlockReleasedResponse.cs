using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Blocks;

/// <summary>The answer to a release; released is false when that generation was gone already.</summary>
public sealed record BlockReleasedResponse(string Block, long Generation, bool Released, LedgerPosition Ledger);
