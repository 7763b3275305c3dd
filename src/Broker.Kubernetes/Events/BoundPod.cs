namespace Broker.Kubernetes.Events;

/// <summary>A pod as the API has it: its UID, and the Node that it is bound to (empty for none).</summary>
public sealed record BoundPod(string Uid, string NodeName);
