namespace Broker.Kubernetes.Client;

/// <summary>A whole list, and the version to watch from.</summary>
/// <typeparam name="T">The objects.</typeparam>
public sealed record ClusterList<T>(IReadOnlyList<T> Items, string ResourceVersion);
