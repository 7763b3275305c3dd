namespace Broker.Contracts.Custody;

/// <summary>
/// A step in a node's standing. What: admitted, rebound, quarantined, fenced, readmitted or retired. Uid is the Node
/// UID from then on, FromUid the one before when it was rebound. Rule is null when By, an operator, decided.
/// </summary>
public sealed record StandingStep(
    string What,
    string At,
    long Position,
    string Uid,
    string? FromUid,
    string? Rule,
    string By,
    string? ByCertificate,
    string? Reason);
