namespace Broker.Contracts.Reservations;

/// <summary>A reservation; its position in the journal tells it from an earlier one of the same addresses.</summary>
public sealed record ReservationInfo(
    string Addresses,
    string Pool,
    string? Name,
    string? Mac,
    string? Owner,
    string MadeBy,
    string MadeAt,
    long Position,
    string? Workload = null);
