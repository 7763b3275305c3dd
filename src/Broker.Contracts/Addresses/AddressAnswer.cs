using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Addresses;

/// <summary>
/// Who holds an address, or held it at a time; holder is null for nobody. Pool and block say where it lies, if
/// anywhere.
/// </summary>
public sealed record AddressAnswer(
    string Address, string At, string? Pool, string? Block, AddressHolder? Holder, LedgerPosition Ledger);
