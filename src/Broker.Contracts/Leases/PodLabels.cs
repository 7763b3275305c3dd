namespace Broker.Contracts.Leases;

/// <summary>The pod that the caller says it asks for: labels, never a ground for a decision.</summary>
public sealed record PodLabels(string Namespace, string Name, string Uid);
