namespace Broker.Contracts.Tokens;

/// <summary>
/// A new bootstrap token; the secret is shown this once. Token and id are empty where the issue was only tried.
/// </summary>
public sealed record TokenIssuedResponse(string Token, string Id, string Expires, IReadOnlyList<string> Nodes);
