namespace Broker.Kubernetes.Namespaces;

/// <summary>A namespace of the cluster: its name, and the value of the annotation that chooses pools.</summary>
public sealed record NamespaceObject(string Name, string? Pools);
