using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Reservations;

/// <summary>All reservations, in order of their addresses.</summary>
public sealed record ReservationList(IReadOnlyList<ReservationInfo> Reservations, LedgerPosition Ledger);
