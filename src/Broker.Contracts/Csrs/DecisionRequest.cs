namespace Broker.Contracts.Csrs;

/// <summary>
/// Approves or denies a pending request. SeenKey is the key hash that the operator saw: if it has changed,
/// conflict.
/// </summary>
public sealed record DecisionRequest(string? SeenKey = null, string? Reason = null);
