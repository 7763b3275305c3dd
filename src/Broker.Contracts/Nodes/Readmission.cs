namespace Broker.Contracts.Nodes;

/// <summary>
/// A node to readmit. With Certificate (SHA-256) that certificate is let off its hold as well; SeenUid is the Node UID
/// that the operator saw.
/// </summary>
public sealed record Readmission(string Name, string? Certificate = null, string? SeenUid = null);
