using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.PodCidrs;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>Has the podCIDRs written down that Nodes have and the ledger did not give.</summary>
internal sealed class PodCidrAdopter(IPodCidrLedger ledger, Action<WitnessWarning> warn)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public async Task TakeAsync(PodCidrState state, IReadOnlyCollection<NodeObject> nodes)
    {
        var held = state.Held.ToDictionary(each => each.Node.Value, StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in nodes.Where(node => node.PodCidrs.Count > 0))
        {
            var cidrs = ClusterCidr.ParseAll(node.PodCidrs);
            var inside = cidrs.Where(cidr => state.Pools.Any(pool => pool.Overlaps(cidr))).ToList();
            if (inside.Count == 0 || IsHeld(held.GetValueOrDefault(node.Name), node, inside)
                || !NodeName.TryParse(node.Name, out var name) || !NodeUid.TryParse(node.Uid, out var uid))
            {
                continue;
            }

            foreach (var conflict in await ledger.AdoptAsync(new NodePodCidrs(name, uid, inside)).ConfigureAwait(false))
            {
                Tell(told, node, conflict);
            }
        }

        _told.IntersectWith(told);
    }

    /// <summary>Once for each conflict, for as long as it lasts.</summary>
    private void Tell(HashSet<string> told, NodeObject node, string conflict)
    {
        _ = told.Add(node.Uid + conflict); // It may stand there twice.
        if (_told.Add(node.Uid + conflict))
        {
            warn(new WitnessWarning(
                "pod_cidr_conflict",
                node.Name,
                $"{conflict} The Node has a podCIDR that the ledger cannot write down as its own: see brokerctl "
                + "blocks list and reservations list, stop whatever else gives podCIDRs (kube-controller-manager "
                + "--allocate-node-cidrs), and make the Node anew, or reserve the addresses."));
        }
    }

    private static bool IsHeld(HeldPodCidrs? held, NodeObject node, List<Cidr> inside) =>
        held is not null && held.Uid.Value == node.Uid && inside.TrueForAll(held.Blocks.Contains);
}
