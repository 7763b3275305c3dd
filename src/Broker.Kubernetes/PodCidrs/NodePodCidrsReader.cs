using Broker.Core.Names;
using Broker.Core.PodCidrs;
using Broker.Kubernetes.Nodes;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>The podCIDRs of Nodes in the types of the ledger.</summary>
public static class NodePodCidrsReader
{
    /// <summary>The Nodes that have some.</summary>
    public static IReadOnlyList<NodePodCidrs> Read(IReadOnlyCollection<NodeObject> nodes)
    {
        var read = new List<NodePodCidrs>();
        foreach (var node in nodes)
        {
            if (node.PodCidrs.Count > 0 && NodeName.TryParse(node.Name, out var name)
                && NodeUid.TryParse(node.Uid, out var uid))
            {
                read.Add(new NodePodCidrs(name, uid, ClusterCidr.ParseAll(node.PodCidrs)));
            }
        }

        return read;
    }
}
