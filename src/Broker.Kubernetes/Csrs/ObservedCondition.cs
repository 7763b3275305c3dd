namespace Broker.Kubernetes.Csrs;

/// <summary>A condition of a CSR: its type (Approved, Denied, Failed), its status, and the writer's reason.</summary>
public sealed record ObservedCondition(string Type, string Status, string? Reason);
