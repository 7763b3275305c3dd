using Broker.Core.Addresses;
using Broker.Core.Pools;
using Broker.Core.Refusals;

namespace Broker.Core.PodCidrs;

/// <summary>
/// Whether every Node's podCIDRs in a pool are written down: as a block of that node, or kept back for whoever has
/// them. A pool that grants what a Node has already would give addresses to two pods.
/// </summary>
internal static class PodCidrCheck
{
    private const int NamedMax = 8;

    /// <summary>Null when they are; else all that is in the way of a pool of that definition, named.</summary>
    public static Refusal? Unrecorded(LedgerState state, PoolSpec spec, IReadOnlyList<NodePodCidrs> seen)
    {
        var found = Conflicts(state, spec, seen);
        var more = found.Count > NamedMax ? $", and {found.Count - NamedMax} more" : string.Empty;
        return found.Count == 0
            ? null
            : new Refusal(
                RefusalCode.PodCidrsUnrecorded,
                $"In {spec.Cidr} of pool {spec.Name} lie podCIDRs that are not written down: "
                + $"{string.Join(", ", found.Take(NamedMax))}{more}.");
    }

    /// <summary>What two subnets share: of two that overlap, one lies in the other.</summary>
    public static IpRange Within(Cidr pool, Cidr cidr)
    {
        var inner = pool.Contains(cidr) ? cidr : pool;
        return new IpRange(inner.Network, inner.Last);
    }

    private static List<string> Conflicts(LedgerState state, PoolSpec spec, IReadOnlyList<NodePodCidrs> seen)
    {
        var (space, pool) = (state.Reservations.SpaceOf(spec), state.Pools.Find(spec.Name));
        var found = new List<string>();
        (NodePodCidrs Node, Cidr Cidr)? before = null;
        foreach (var (node, cidr) in seen
            .SelectMany(node => node.PodCidrs.Select(cidr => (Node: node, Cidr: cidr)))
            .Where(each => each.Cidr.Overlaps(spec.Cidr))
            .OrderBy(each => each.Cidr))
        {
            if (before is { } other && other.Cidr.Overlaps(cidr) && other.Node.Node != node.Node)
            {
                found.Add($"{cidr} of Node {node.Node} (Node {other.Node.Node} has {other.Cidr})");
            }
            else if (!IsBlockOf(pool, node, cidr) && !IsClosed(space, Within(spec.Cidr, cidr)))
            {
                found.Add($"{cidr} of Node {node.Node}");
            }

            // A large one stays: it may reach over several that follow.
            before = before is { } large && large.Cidr.Contains(cidr) ? large : (node, cidr);
        }

        return found;
    }

    private static bool IsBlockOf(PoolState? pool, NodePodCidrs node, Cidr cidr) =>
        pool?.Spec.Cidr.Contains(cidr) == true && pool.BlockOf(cidr.Network) is { } block && block.Cidr.Contains(cidr)
        && block.Node.Name == node.Node && block.Uid == node.Uid;

    private static bool IsClosed(PoolSpace space, IpRange range) =>
        space.Closed.FirstOutside(range.First.Value, range.Last.Value) is null;
}
