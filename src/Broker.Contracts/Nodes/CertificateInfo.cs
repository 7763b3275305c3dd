namespace Broker.Contracts.Nodes;

/// <summary>A witnessed certificate of a node. Slot: next, current, grace or retired.</summary>
public sealed record CertificateInfo(
    string Certificate,
    string Csr,
    string Key,
    string Serial,
    string NotBefore,
    string NotAfter,
    string Slot,
    long Position);
