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
            : DateTimeOffset.UnixEpoch);
}
