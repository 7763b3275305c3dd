using Broker.Contracts.Ledgers;
using Broker.Contracts.Reservations;

namespace Broker.Contracts.Addresses;

/// <summary>
/// Who holds an address, or held it at a time; holder is null for nobody. Status is one of <see cref="AddressStatus"/>
/// and says why nobody does. Pool and block say where it lies at that time, if anywhere. Last is who held it before,
/// when nobody does: its releasedAt is since when; null when nobody ever has. Reservation is the one that keeps the
/// address back, or kept it back at that time; null for none.
/// </summary>
public sealed record AddressAnswer(
    string Address,
    string At,
    string Status,
    string? Pool,
    string? Block,
    AddressHolder? Holder,
    AddressHolder? Last,
    LedgerPosition Ledger,
    ReservationInfo? Reservation = null);
