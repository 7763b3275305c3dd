namespace Broker.Contracts.Reservations;

/// <summary>
/// Keeps addresses back: one address, a <c>first-last</c> range or a CIDR of one pool. Mac is six hexadecimal pairs
/// with colons. Workload, as <c>namespace/pod</c>, binds one address to the pods of that name. Owner and reason
/// are kept apart from the journal's leaves and can be erased.
/// </summary>
public sealed record ReservationRequest(
    string Addresses,
    string? Name = null,
    string? Mac = null,
    string? Owner = null,
    string? Reason = null,
    string? Workload = null);
