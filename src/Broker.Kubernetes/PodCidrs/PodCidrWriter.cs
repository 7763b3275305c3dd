using Broker.Core.Addresses;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>
/// Writes the blocks of nodes on their Node objects: once, from what is durable, on exactly the Node object that the
/// block was granted to. What stands there is never overwritten.
/// </summary>
internal sealed class PodCidrWriter(INodeSpecApi api, PodCidrLag lag, Action<WitnessWarning> warn)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>
    /// Compares all with their Nodes, and writes what is missing. Answers whether some are missing still.
    /// </summary>
    /// <exception cref="HttpRequestException">The server cannot be reached: all are tried again.</exception>
    public async Task<bool> WriteAsync(
        PodCidrState state, IReadOnlyCollection<NodeObject> nodes, CancellationToken cancellation)
    {
        var byName = nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        var waiting = new Dictionary<string, HeldPodCidrs>(StringComparer.Ordinal);
        var differing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var held in state.Held)
        {
            if (byName.GetValueOrDefault(held.Node.Value) is { } node && node.Uid == held.Uid.Value)
            {
                Sort(held, node, waiting, differing);
            }
        }

        lag.Set(waiting.Keys.ToHashSet(StringComparer.Ordinal), differing.Count);
        foreach (var (uid, held) in waiting.ToList())
        {
            if (await IsDoneAsync(held, waiting, differing, cancellation).ConfigureAwait(false))
            {
                _ = waiting.Remove(uid); // It may have moved to those that differ.
                lag.Set(waiting.Keys.ToHashSet(StringComparer.Ordinal), differing.Count);
            }
        }

        _told.IntersectWith(differing);
        return waiting.Count > 0;
    }

    private void Sort(
        HeldPodCidrs held, NodeObject node, Dictionary<string, HeldPodCidrs> waiting, HashSet<string> differing)
    {
        if (node.PodCidrs.Count == 0)
        {
            if (held.MayWrite)
            {
                waiting[node.Uid] = held;
            }
        }
        else if (!IsSame(held.Blocks, node))
        {
            Tell(held, node, differing);
        }
    }

    /// <summary>Reads the Node anew, so that the version is the newest, and writes only where nothing stands.</summary>
    private async Task<bool> IsDoneAsync(
        HeldPodCidrs held,
        Dictionary<string, HeldPodCidrs> waiting,
        HashSet<string> differing,
        CancellationToken cancellation)
    {
        var node = await api.ReadNodeAsync(held.Node.Value, cancellation).ConfigureAwait(false);
        if (node is null || node.Uid != held.Uid.Value)
        {
            return true; // Gone; the block waits for evidence.
        }

        if (node.PodCidrs.Count > 0)
        {
            _ = waiting.Remove(node.Uid); // It is in one of the two at most.
            Sort(held, node, waiting, differing);
            return true;
        }

        return PodCidrOrder.Of(held.Blocks, node) is { } ordered
            && await api.SetPodCidrsAsync(node, ordered, cancellation).ConfigureAwait(false);
    }

    private void Tell(HeldPodCidrs held, NodeObject node, HashSet<string> differing)
    {
        _ = differing.Add(node.Uid); // A second look may find it again.
        if (_told.Add(node.Uid))
        {
            warn(new WitnessWarning(
                "pod_cidrs_differ",
                node.Name,
                $"The Node has podCIDRs {string.Join(", ", node.PodCidrs)} and was granted "
                + $"{string.Join(", ", held.Blocks)}. Nothing is overwritten, and Kubernetes would not allow it. Stop "
                + "whatever else writes them (kube-controller-manager --allocate-node-cidrs), then drain and delete "
                + "the Node and let it join anew."));
        }
    }

    // A family that no pool of the ledger gives is somebody else's affair.
    private static bool IsSame(IReadOnlyList<Cidr> blocks, NodeObject node) =>
        blocks.All(ClusterCidr.ParseAll(node.PodCidrs).Contains);
}
