namespace Broker.Contracts.Nodes;

/// <summary>
/// Denies for good: a certificate by its SHA-256, a key by the SHA-256 of its SubjectPublicKeyInfo, or a serial number
/// of an issuer; with none of them every certificate of the node that is on record.
/// </summary>
public sealed record DenyRequest(
    string? Certificate = null,
    string? Key = null,
    string? Issuer = null,
    string? Serial = null,
    string? SeenUid = null,
    string? Reason = null);
