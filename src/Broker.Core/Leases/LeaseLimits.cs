using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Refusals;

namespace Broker.Core.Leases;

/// <summary>
/// How many leases of a pool one node, and one namespace, may have. What is held stays when a limit is lowered. Pods
/// that name no namespace share one quota, so that leaving the name out wins nothing.
/// </summary>
internal static class LeaseLimits
{
    /// <summary>Highest limit; 0 is none.</summary>
    public const int Max = 16_777_216;

    public static Refusal? Check(PoolState pool, NodeState node, PodIdentity pod)
    {
        var spec = pool.Spec;
        if (spec.LeasesPerNodeMax > 0 && node.FindPool(spec.Name)?.LeasesLive >= spec.LeasesPerNodeMax)
        {
            return new Refusal(
                RefusalCode.LeaseLimit,
                $"Node {node.Name} may have {spec.LeasesPerNodeMax} leases of pool {spec.Name}.");
        }

        if (spec.LeasesPerNamespaceMax > 0 && pool.LeasesOf(pod.Namespace) >= spec.LeasesPerNamespaceMax)
        {
            var whose = pod.Namespace.Length > 0 ? $"Namespace {pod.Namespace}" : "Pods that name no namespace";
            return new Refusal(
                RefusalCode.NamespaceQuota,
                $"{whose} may have {spec.LeasesPerNamespaceMax} leases of pool {spec.Name}.");
        }

        return null;
    }
}
