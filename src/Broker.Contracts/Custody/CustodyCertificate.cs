namespace Broker.Contracts.Custody;

/// <summary>
/// A certificate of a node, past or present, with all that became of it. Csr is null for one that was adopted without
/// a request. AskedWith is the certificate (SHA-256) that its request was made with, where that is known: the link to
/// the one before. Slot, assurance and hold are as in a node's certificates; slot is the one that it is in now.
/// </summary>
public sealed record CustodyCertificate(
    string Certificate,
    string? Csr,
    string? AskedWith,
    string Key,
    string Serial,
    string Issuer,
    string NotBefore,
    string NotAfter,
    string Slot,
    string Assurance,
    string? Hold,
    string Uid,
    long Position,
    IReadOnlyList<CustodyStep> Steps);
