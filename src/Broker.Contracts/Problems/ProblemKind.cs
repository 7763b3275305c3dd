namespace Broker.Contracts.Problems;

/// <summary>One stable code: its HTTP status, what it means, and what to do next.</summary>
public sealed record ProblemKind(string Code, int Status, string Title, string Next);
