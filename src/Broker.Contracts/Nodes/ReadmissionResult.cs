namespace Broker.Contracts.Nodes;

/// <summary>What became of one node: its standing now, or the code and detail of the refusal.</summary>
public sealed record ReadmissionResult(string Name, string? Standing, string? Code, string? Detail);
