using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Reservations;

/// <summary>The answer to dropping a reservation; dropped is false when it was gone already.</summary>
public sealed record ReservationDroppedResponse(string Addresses, long Position, bool Dropped, LedgerPosition Ledger);
