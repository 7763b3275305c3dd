using System.Text.Json.Serialization;

namespace Broker.Contracts.Pools;

/// <summary>
/// What an operator defines, whole: what is left out has its default, also when a pool is changed. Network: routed,
/// flat or host. Commit: central or local. Exclusions: addresses, first-last ranges or CIDRs. Position: the one that
/// the operator saw, when the pool exists already; if the pool has changed since, the answer is a conflict. PodCIDRs:
/// the blocks are those of Nodes, one each. NodeDeletionIsEvidence: Nodes are deleted only after their machines.
/// LeasesPerNodeMax, LeasesPerNamespaceMax: how many leases one node, and the pods of one namespace, may have; 0 is no
/// limit.
/// </summary>
public sealed record PoolDefinition(
    string Cidr,
    int? BlockPrefixLength = null,
    string? Network = null,
    string? Commit = null,
    int? AddressCooldownSeconds = null,
    int? BlockCooldownSeconds = null,
    int? BlocksPerNodeMax = null,
    IReadOnlyList<string>? Exclusions = null,
    bool Open = false,
    string? Reason = null,
    long? Position = null,
    [property: JsonPropertyName("podCIDRs")] bool PodCidrs = false,
    bool NodeDeletionIsEvidence = false,
    int LeasesPerNodeMax = 0,
    int LeasesPerNamespaceMax = 0);
