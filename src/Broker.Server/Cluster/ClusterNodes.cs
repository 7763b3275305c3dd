using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.PodCidrs;
using Broker.Kubernetes.PodCidrs;
using Broker.Server.Api;
using Broker.Server.Options;

namespace Broker.Server.Cluster;

/// <summary>
/// The cluster's Nodes as decisions need them. Where a cluster is witnessed and its Nodes have not been listed yet,
/// nothing is decided that rests on them; a broker that has just started waits a little for them.
/// </summary>
internal sealed class ClusterNodes(BrokerSettings settings, TimeProvider time, IServiceProvider services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The Nodes that have podCIDRs; none where there is no cluster.</summary>
    /// <exception cref="ApiProblemException">They have not been listed yet.</exception>
    public async Task<IReadOnlyList<NodePodCidrs>> PodCidrsAsync(CancellationToken cancellation) =>
        await ListedAsync(cancellation) is { } witness ? NodePodCidrsReader.Read(witness.Witness.Nodes) : [];

    /// <summary>The Node object of a name; null when there is none, or no cluster.</summary>
    /// <exception cref="ApiProblemException">They have not been listed yet.</exception>
    public async Task<ObservedNode?> NodeOfAsync(NodeName node, CancellationToken cancellation) =>
        (await ListedAsync(cancellation))?.FindNode(node);

    private async Task<WitnessService?> ListedAsync(CancellationToken cancellation)
    {
        if (settings.Kubernetes is null)
        {
            return null;
        }

        var witness = services.GetRequiredService<WitnessService>();
        try
        {
            await witness.Witness.NodesListed.WaitAsync(Patience, time, cancellation);
            return witness;
        }
        catch (TimeoutException)
        {
            throw new ApiProblemException(
                "nodes_unlisted", "The cluster's Nodes have not been listed since the broker started.");
        }
    }
}
