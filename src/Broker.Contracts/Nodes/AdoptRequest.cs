namespace Broker.Contracts.Nodes;

/// <summary>
/// Takes over a certificate without an approved request, or lets one off its hold. Certificate is the SHA-256 that the
/// operator saw; SeenUid the Node UID: if it has changed, conflict.
/// </summary>
public sealed record AdoptRequest(string Certificate, string? SeenUid = null, string? Reason = null);
