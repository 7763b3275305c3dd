namespace Broker.Contracts.Nodes;

/// <summary>
/// Changes the standing of a node. SeenUid is the Node UID that the operator saw: if it has changed, conflict.
/// </summary>
public sealed record StandingRequest(string? SeenUid = null, string? Reason = null);
