namespace Broker.Kubernetes.Nodes;

/// <summary>A Node object of the cluster, in plain types.</summary>
public sealed record NodeObject(string Name, string Uid, DateTimeOffset Created);
