using Broker.Contracts.Leases;
using Broker.Contracts.Reclaims;

namespace Broker.Contracts.Addresses;

/// <summary>
/// Who held an address and by what right. Certificate is the one that asked for it, grantedRequest the request id it
/// asked with. Released fields are null while the lease is live; releasedReason is <c>node-release</c> when its node
/// gave it back, and when it was reclaimed one of <see cref="EvidenceKinds"/>, with releasedEvidence. Assurance says
/// how much is known of that certificate: embedded, witnessed-custody, witnessed or adopted; podAssurance is that of
/// the lease. Approver and approvalReason are a commitment's text once they were erased.
/// </summary>
public sealed record AddressHolder(
    string Node,
    string NodeUid,
    string Network,
    string ContainerId,
    string Interface,
    PodLabels Pod,
    string Block,
    long Generation,
    string GrantedAt,
    long GrantedPosition,
    string? GrantedRequest,
    string? ReleasedAt,
    long? ReleasedPosition,
    string? ReleasedBy,
    string? ReleasedCertificate,
    string? ReleasedReason,
    string Certificate,
    string? Csr,
    string? Requester,
    string? Approver,
    string? ApprovalRule,
    string? ApproverCertificate,
    string? ApprovedAt,
    long? ApprovedPosition,
    string? ApprovalReason,
    string? Assurance = null,
    EvidenceInfo? ReleasedEvidence = null,
    string? PodAssurance = null);
