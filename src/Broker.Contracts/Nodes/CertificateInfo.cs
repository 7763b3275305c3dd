namespace Broker.Contracts.Nodes;

/// <summary>
/// A certificate of a node that is on record. Slot: next, current, grace, retired, held or denied. Assurance: embedded,
/// witnessed-custody, witnessed or adopted; Csr is null for an adopted one without a request. Hold is why it was held.
/// </summary>
public sealed record CertificateInfo(
    string Certificate,
    string? Csr,
    string Key,
    string Serial,
    string NotBefore,
    string NotAfter,
    string Slot,
    long Position,
    string Assurance = "embedded",
    string? Hold = null);
