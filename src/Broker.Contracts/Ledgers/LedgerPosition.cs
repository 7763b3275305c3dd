namespace Broker.Contracts.Ledgers;

/// <summary>
/// How far the journal goes: its origin, the writer's epoch, the number of events and the RFC 6962 root in
/// lower-case hexadecimal.
/// </summary>
public sealed record LedgerPosition(string Origin, long Epoch, long Size, string Root);
