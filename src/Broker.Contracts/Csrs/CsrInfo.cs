namespace Broker.Contracts.Csrs;

/// <summary>
/// A signing request. Status: pending, approved, denied or issued. Rule is null when an operator decided.
/// </summary>
public sealed record CsrInfo(
    string Name,
    string Node,
    string Requester,
    string Signer,
    string Key,
    string Status,
    string? Hold,
    string? Rule,
    string? Approver,
    string? ApproverCertificate,
    long? DecisionPosition,
    string? Certificate);
