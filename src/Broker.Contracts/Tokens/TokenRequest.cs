namespace Broker.Contracts.Tokens;

/// <summary>Asks for a bootstrap token: for one use when no node is named, else for the named nodes.</summary>
public sealed record TokenRequest(
    IReadOnlyList<string>? Nodes = null, long? TtlSeconds = null, string? Reason = null);
