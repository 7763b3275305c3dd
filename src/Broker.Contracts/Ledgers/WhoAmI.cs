namespace Broker.Contracts.Ledgers;

/// <summary>Who the broker takes the caller for. Node fields are null for people.</summary>
public sealed record WhoAmI(
    string Role,
    string Name,
    string Certificate,
    string NotAfter,
    string? NodeUid,
    string? Standing,
    string? Slot,
    LedgerPosition Ledger,
    string? Assurance = null);
