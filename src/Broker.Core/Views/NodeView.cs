using Broker.Core.Names;

namespace Broker.Core.Views;

/// <summary>What the broker knows of a node.</summary>
public sealed record NodeView(
    NodeName Node,
    NodeUid Uid,
    Standing Standing,
    CertificateHash? Current,
    IReadOnlyList<CertificateHash> Next,
    int BlocksLive,
    long LeasesLive,
    long Position);
