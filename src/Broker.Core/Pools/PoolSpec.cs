using Broker.Core.Addresses;
using Broker.Core.Names;

namespace Broker.Core.Pools;

/// <summary>
/// What an operator defines. Block size, network, lessor and <see cref="PodCidrs"/> of a pool never change, and
/// its CIDR only grows.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Cidr">IPv4 /8 to /32, IPv6 /16 to /128.</param>
/// <param name="BlockPrefixLength">At least the pool's; IPv4 /16 to /32, IPv6 up to /128.</param>
/// <param name="Network">How the addresses lie on the wire.</param>
/// <param name="Lessor">Who leases in blocks granted from now on.</param>
/// <param name="AddressCooldownSeconds">How long a released address waits, 0 to 86,400.</param>
/// <param name="BlockCooldownSeconds">How long a released block waits, 0 to 604,800.</param>
/// <param name="BlocksPerNodeMax">Live blocks that one node may hold in this pool, 1 to 65,536.</param>
/// <param name="Exclusions">Addresses that are never leased, at most 256 ranges.</param>
public sealed record PoolSpec(
    PoolName Name,
    Cidr Cidr,
    int BlockPrefixLength,
    PoolNetwork Network,
    Lessor Lessor,
    int AddressCooldownSeconds,
    int BlockCooldownSeconds,
    int BlocksPerNodeMax,
    IReadOnlyList<IpRange> Exclusions)
{
    /// <summary>
    /// Whether the blocks are the <c>podCIDRs</c> of Nodes: each node holds exactly one, and all such pools are granted
    /// to it in one commit. Never changes.
    /// </summary>
    public bool PodCidrs { get; init; }

    /// <summary>
    /// Whether the deletion of a Node object proves that its machine is gone, because something deletes Nodes only
    /// after their machines: blocks of a deleted Node are then reclaimed by rule (I5).
    /// </summary>
    public bool NodeDeletionIsEvidence { get; init; }

    /// <summary>Live leases that one node may have in this pool, up to 16,777,216; 0 for as many as fit.</summary>
    public int LeasesPerNodeMax { get; init; }

    /// <summary>Live leases that the pods of a namespace may have in this pool, up to 16,777,216; 0 for any.</summary>
    public int LeasesPerNamespaceMax { get; init; }
}
