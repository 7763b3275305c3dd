using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.PodCidrs;
using Broker.Kubernetes.PodCidrs;
using Broker.Server.Api;
using Broker.Server.Options;

namespace Broker.Server.Cluster;

/// <summary>
/// The cluster's Nodes as decisions need them. Where a cluster is witnessed and its Nodes have not been listed yet,
/// nothing is decided that rests on them.
/// </summary>
internal sealed class ClusterNodes(BrokerSettings settings, IServiceProvider services)
{
    /// <summary>The Nodes that have podCIDRs; none where there is no cluster.</summary>
    /// <exception cref="ApiProblemException">They have not been listed yet.</exception>
    public IReadOnlyList<NodePodCidrs> PodCidrs() => Find() is { } witness
        ? NodePodCidrsReader.Read(witness.Witness.Nodes)
        : [];

    /// <summary>The Node object of a name; null when there is none, or no cluster.</summary>
    /// <exception cref="ApiProblemException">They have not been listed yet.</exception>
    public ObservedNode? NodeOf(NodeName node) => Find()?.FindNode(node);

    private WitnessService? Find()
    {
        if (settings.Kubernetes is null)
        {
            return null;
        }

        var witness = services.GetRequiredService<WitnessService>();
        return witness.Witness.NodesListed.IsCompletedSuccessfully
            ? witness
            : throw new ApiProblemException(
                "nodes_unlisted", "The cluster's Nodes have not been listed since the broker started.");
    }
}
