using Broker.Core.Addresses;
using Broker.Core.Leases;
using Broker.Core.Refusals;

namespace Broker.Core.Pools;

/// <summary>The shape of a pool's definition.</summary>
internal static class PoolShape
{
    /// <summary>Most exclusions of a pool.</summary>
    public const int ExclusionsMax = 256;

    /// <summary>Longest text of all exclusions together, so that the event stays under 4 KiB.</summary>
    public const int ExclusionCharsMax = 3_072;

    // RFC 4291 section 2.5.5.2.
    private static Cidr IPv4Mapped { get; } =
        new(new IpAddress(IpFamily.IPv6, (UInt128)0xffff << 32), 96);

    public static Refusal? Check(PoolSpec spec) =>
        CheckFields(spec) ?? CheckCidr(spec) ?? CheckExclusions(spec) ?? CheckUsable(spec);

    private static Refusal? CheckFields(PoolSpec spec) => spec switch
    {
        { Name.Value: null } => Invalid("name: missing."),
        _ when !Enum.IsDefined(spec.Network) => Invalid("network: not routed, flat or host."),
        _ when !Enum.IsDefined(spec.Lessor) => Invalid("lessor: not broker or agent."),
        { AddressCooldownSeconds: < 0 or > 86_400 } => Invalid("addressCooldownSeconds: 0 to 86400."),
        { BlockCooldownSeconds: < 0 or > 604_800 } => Invalid("blockCooldownSeconds: 0 to 604800."),
        { BlocksPerNodeMax: < 1 or > 65_536 } => Invalid("blocksPerNodeMax: 1 to 65536."),
        { LeasesPerNodeMax: < 0 or > LeaseLimits.Max } => Invalid($"leasesPerNodeMax: 0 to {LeaseLimits.Max}."),
        { LeasesPerNamespaceMax: < 0 or > LeaseLimits.Max } => Invalid(
            $"leasesPerNamespaceMax: 0 to {LeaseLimits.Max}."),
        { Lessor: Lessor.Agent, LeasesPerNodeMax: > 0 } or { Lessor: Lessor.Agent, LeasesPerNamespaceMax: > 0 } =>
            Wrong("leasesPerNodeMax, leasesPerNamespaceMax: where the node's agent leases nobody could refuse."),
        { PodCidrs: true, BlocksPerNodeMax: not 1 } => Invalid(
            "blocksPerNodeMax: 1 in a pool of podCIDRs, for a Node has one of each family."),
        _ => null,
    };

    private static Refusal? CheckCidr(PoolSpec spec)
    {
        var (cidr, block) = (spec.Cidr, spec.BlockPrefixLength);
        if (cidr.Family is not (IpFamily.IPv4 or IpFamily.IPv6))
        {
            return Invalid("cidr: missing.");
        }

        var (prefixMin, blockMin) = cidr.Family == IpFamily.IPv4 ? (8, 16) : (16, 16);
        if (cidr.PrefixLength < prefixMin || cidr.PrefixLength > cidr.Network.Bits)
        {
            return Invalid($"cidr: {cidr.Family} /{prefixMin} to /{cidr.Network.Bits}.");
        }

        if (cidr.Network.Bits == 32 && cidr.Network.Value > uint.MaxValue || !cidr.Contains(cidr.Network))
        {
            return Invalid("cidr: bits are set beyond the prefix.");
        }

        if (cidr.Overlaps(IPv4Mapped))
        {
            return Wrong("cidr: IPv4-mapped addresses (::ffff:0:0/96) have no text of their own.");
        }

        return block < Math.Max(blockMin, cidr.PrefixLength) || block > cidr.Network.Bits
            ? Wrong($"blockPrefixLength: /{Math.Max(blockMin, cidr.PrefixLength)} to /{cidr.Network.Bits}.")
            : null;
    }

    private static Refusal? CheckExclusions(PoolSpec spec)
    {
        if (spec.Exclusions.Count > ExclusionsMax)
        {
            return Invalid($"exclusions: at most {ExclusionsMax}.");
        }

        var chars = 0;
        foreach (var range in spec.Exclusions)
        {
            if (range.First > range.Last || !spec.Cidr.Contains(range.First) || !spec.Cidr.Contains(range.Last))
            {
                return Wrong($"exclusions: {range} is not a range of {spec.Cidr}.");
            }

            chars += range.ToString().Length + 3;
        }

        return chars > ExclusionCharsMax
            ? Invalid($"exclusions: together at most {ExclusionCharsMax} characters as text.")
            : null;
    }

    private static Refusal? CheckUsable(PoolSpec spec)
    {
        if (spec.Network == PoolNetwork.Routed && spec.BlockPrefixLength == spec.Cidr.Network.Bits)
        {
            return Wrong("blockPrefixLength: a routed block of one address has none beside its gateway.");
        }

        if (spec is { PodCidrs: true, Network: PoolNetwork.Flat })
        {
            return Wrong("network: a Node's podCIDR is a subnet of its own: routed or host.");
        }

        return new PoolSpace(spec).BlocksOpen == 0 ? Wrong("exclusions: no usable address is left.") : null;
    }

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);

    private static Refusal Wrong(string detail) => new(RefusalCode.InvalidPool, detail);
}
