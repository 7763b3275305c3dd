using Broker.Contracts.Ledgers;
using Broker.Contracts.Reservations;

namespace Broker.Contracts.Addresses;

/// <summary>
/// Who holds an address, or held it at a time; holder is null for nobody. Pool and block say where it lies, if
/// anywhere. Reservation is the one that keeps the address back, or kept it back at that time; null for none.
/// </summary>
public sealed record AddressAnswer(
    string Address,
    string At,
    string? Pool,
    string? Block,
    AddressHolder? Holder,
    LedgerPosition Ledger,
    ReservationInfo? Reservation = null);
