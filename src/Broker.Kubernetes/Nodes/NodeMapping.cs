using k8s.Models;

namespace Broker.Kubernetes.Nodes;

/// <summary>The client library's Node in plain types.</summary>
internal static class NodeMapping
{
    public static NodeObject Of(V1Node node) => new(
        node.Metadata?.Name ?? string.Empty,
        node.Metadata?.Uid ?? string.Empty,
        node.Metadata?.CreationTimestamp is { } created
            ? new DateTimeOffset(DateTime.SpecifyKind(created, DateTimeKind.Utc))
            : DateTimeOffset.UnixEpoch)
    {
        ResourceVersion = node.Metadata?.ResourceVersion ?? string.Empty,
        PodCidrs = PodCidrsOf(node.Spec),
        InternalIps =
        [
            .. (node.Status?.Addresses ?? []).Where(address => address.Type == "InternalIP")
                .Select(address => address.Address),
        ],
    };

    // Servers before 1.16 know the singular only; with both the plural is the whole.
    private static IReadOnlyList<string> PodCidrsOf(V1NodeSpec? spec) => spec switch
    {
        { PodCIDRs: { Count: > 0 } all } => [.. all],
        { PodCIDR: { Length: > 0 } one } => [one],
        _ => [],
    };
}
