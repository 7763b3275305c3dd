using Broker.Core.Addresses;
using Broker.Core.Names;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>
/// The blocks of one node that are its podCIDRs. <c>MayWrite</c> is false for a node that is fenced: others would route
/// to it.
/// </summary>
public sealed record HeldPodCidrs(NodeName Node, NodeUid Uid, bool MayWrite, IReadOnlyList<Cidr> Blocks);
