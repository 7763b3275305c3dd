using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Tokens;

/// <summary>All bootstrap tokens.</summary>
public sealed record TokenList(IReadOnlyList<TokenInfo> Tokens, LedgerPosition Ledger);
