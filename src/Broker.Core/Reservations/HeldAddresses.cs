using Broker.Core.Addresses;
using Broker.Core.Leases;
using Broker.Core.Pools;

namespace Broker.Core.Reservations;

/// <summary>Who holds what should be closed, in words for the operator.</summary>
internal static class HeldAddresses
{
    private const int NamedMax = 3;

    /// <summary>The first holders of addresses in some ranges of a pool, and how many more; null for none.</summary>
    public static string? Describe(PoolState pool, IReadOnlyList<IpRange> ranges) => Name(
        ranges.SelectMany(range => In(pool, range)), lease => $"{lease.Address} ({Holder(lease)})");

    /// <summary>
    /// The first blocks in some ranges in which their node decides (an agent, or whoever reads its podCIDRs), and how
    /// many more; null for none.
    /// </summary>
    public static string? DescribeAgents(PoolState pool, IReadOnlyList<IpRange> ranges) => Name(
        ranges.SelectMany(pool.LiveIn).Distinct().Where(
            block => block.Lessor == Lessor.Agent || pool.Spec.PodCidrs),
        block => $"{block.Cidr} (node {block.Node.Name})");

    private static string? Name<T>(IEnumerable<T> all, Func<T, string> text)
    {
        var (named, count) = (new List<string>(NamedMax), 0);
        foreach (var one in all)
        {
            if (count++ < NamedMax)
            {
                named.Add(text(one));
            }
        }

        var more = count > named.Count ? $" and {count - named.Count} more" : string.Empty;
        return count == 0 ? null : string.Join(", ", named) + more;
    }

    private static IEnumerable<Lease> In(PoolState pool, IpRange range)
    {
        foreach (var block in pool.LiveIn(range))
        {
            for (var slot = 0; slot < block.Addresses.Capacity && block.Addresses.Live > 0; slot++)
            {
                if (block.Addresses.LeaseAt(slot) is { } lease && range.Contains(lease.Address))
                {
                    yield return lease;
                }
            }
        }
    }

    private static string Holder(Lease lease)
    {
        var pod = lease.Holding.Pod;
        return pod.Name.Length > 0
            ? $"pod {pod.Namespace}/{pod.Name} on node {lease.Holding.Node.Name}"
            : $"container {lease.Holding.Attachment.ContainerId} on node {lease.Holding.Node.Name}";
    }
}
