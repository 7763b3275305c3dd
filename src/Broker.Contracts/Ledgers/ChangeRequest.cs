namespace Broker.Contracts.Ledgers;

/// <summary>A change that needs nothing but, if the operator likes, a reason.</summary>
public sealed record ChangeRequest(string? Reason = null);
