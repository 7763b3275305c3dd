using Broker.Core.Addresses;
using Broker.Core.Names;

namespace Broker.Core.PodCidrs;

/// <summary>A Node object and its <c>spec.podCIDRs</c>, as the cluster has them.</summary>
public sealed record NodePodCidrs(NodeName Node, NodeUid Uid, IReadOnlyList<Cidr> PodCidrs);
