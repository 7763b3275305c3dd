namespace Broker.Contracts.Nodes;

/// <summary>What the broker knows of a node.</summary>
public sealed record NodeInfo(
    string Name,
    string Uid,
    string Standing,
    IReadOnlyList<CertificateInfo> Certificates,
    int Blocks,
    long Leases,
    long Position);
