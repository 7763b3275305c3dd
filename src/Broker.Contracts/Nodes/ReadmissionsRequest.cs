namespace Broker.Contracts.Nodes;

/// <summary>Readmits many nodes by one call, at most 256; each by itself, in order.</summary>
public sealed record ReadmissionsRequest(IReadOnlyList<Readmission> Nodes, string? Reason = null);
