using System.Net;
using System.Net.Sockets;
using Broker.Core.Addresses;
using Broker.Kubernetes.Nodes;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>
/// Which family comes first, for <c>podCIDR</c> is the first of <c>podCIDRs</c>: that of the Node's first InternalIP.
/// A kubelet lists its primary family first, and orders the addresses of its pods by it.
/// </summary>
internal static class PodCidrOrder
{
    /// <summary>The blocks as a Node has them; null while two families wait for the Node's first address.</summary>
    public static IReadOnlyList<string>? Of(IReadOnlyList<Cidr> blocks, NodeObject node)
    {
        if (blocks.Count == 1)
        {
            return [blocks[0].ToString()];
        }

        if (node.InternalIps.Count == 0 || !IPAddress.TryParse(node.InternalIps[0], out var first))
        {
            return null;
        }

        var primary = first.AddressFamily == AddressFamily.InterNetwork ? IpFamily.IPv4 : IpFamily.IPv6;
        return [.. blocks.OrderBy(block => block.Family == primary ? 0 : 1).Select(block => block.ToString())];
    }
}
