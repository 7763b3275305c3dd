using Broker.Contracts.Leases;

namespace Broker.Contracts.Addresses;

/// <summary>Who held an address and by what right. Released fields are null while the lease is live.</summary>
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
    string? ReleasedAt,
    long? ReleasedPosition,
    string Certificate,
    string? Csr,
    string? Requester,
    string? Approver,
    string? ApprovalRule,
    string? ApproverCertificate);
