using Broker.Core.Names;

namespace Broker.Core.Views;

/// <summary>
/// What the broker knows of a node. One that is not registered has no Node object yet; its UID is provisional.
/// </summary>
public sealed record NodeView(
    NodeName Node,
    NodeUid Uid,
    Standing Standing,
    CertificateHash? Current,
    IReadOnlyList<CertificateHash> Next,
    int BlocksLive,
    long LeasesLive,
    long Position,
    bool IsRegistered = true);
