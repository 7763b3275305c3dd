namespace Broker.Contracts.Tokens;

/// <summary>A new bootstrap token; the secret is shown this once.</summary>
public sealed record TokenIssuedResponse(string Token, string Id, string Expires, IReadOnlyList<string> Nodes);
