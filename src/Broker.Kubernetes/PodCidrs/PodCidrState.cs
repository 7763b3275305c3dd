using Broker.Core.Addresses;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>The pools of podCIDRs, and what nodes hold in them; all of it durable.</summary>
public sealed record PodCidrState(IReadOnlyList<Cidr> Pools, IReadOnlyList<HeldPodCidrs> Held);
