namespace Broker.Contracts.Nodes;

/// <summary>
/// What the broker knows of a node. One that is not registered has no Node object yet; its UID is provisional.
/// </summary>
public sealed record NodeInfo(
    string Name,
    string Uid,
    string Standing,
    IReadOnlyList<CertificateInfo> Certificates,
    int Blocks,
    long Leases,
    long Position,
    bool Registered = true);
