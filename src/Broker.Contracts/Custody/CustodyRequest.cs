namespace Broker.Contracts.Custody;

/// <summary>
/// A signing request for a node's name and what was decided on it. Status: approved, denied, issued, failed or
/// contradicted. Rule is what decided: <c>cluster</c> for the cluster's own approver, whose reason is Approval; the
/// reason's code when it is contradicted; null when By, an operator, decided. AskedWith is the certificate that the
/// requester showed, where that is known. NamedByKey says whether a name of the form node-csr-DIGEST follows from the
/// key and the subject, as that of a kubelet's first request does; null for any other name. Request is the SHA-256 of
/// the PKCS#10 request as it is kept.
/// </summary>
public sealed record CustodyRequest(
    string Name,
    string Uid,
    string Signer,
    string Requester,
    string? Token,
    string? AskedWith,
    bool? NamedByKey,
    string Key,
    string Request,
    string ObservedAt,
    long Position,
    string Status,
    string DecidedAt,
    long DecisionPosition,
    string? Rule,
    string? Approval,
    string By,
    string? ByCertificate,
    string? Reason,
    string? Certificate);
