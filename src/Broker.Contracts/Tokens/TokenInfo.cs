namespace Broker.Contracts.Tokens;

/// <summary>A bootstrap token without its secret.</summary>
public sealed record TokenInfo(
    string Id, IReadOnlyList<string> Nodes, string Expires, bool Revoked, string? UsedBy, long Position);
