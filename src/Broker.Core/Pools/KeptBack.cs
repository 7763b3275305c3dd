using Broker.Core.Addresses;

namespace Broker.Core.Pools;

/// <summary>How many addresses at the two ends of a subnet are never leased.</summary>
internal readonly record struct KeptBack(int Head, int Tail)
{
    /// <summary>Kept back at the ends of each block: a routed block is a subnet of its own.</summary>
    public static KeptBack OfBlock(PoolSpec spec) => spec.Network == PoolNetwork.Routed
        ? OfSubnet(spec.Cidr.Family, spec.Cidr.Network.Bits - spec.BlockPrefixLength)
        : default;

    /// <summary>
    /// Network (for IPv6 the subnet-router anycast address, RFC 4291 section 2.6.1) and gateway at the head, and the
    /// IPv4 broadcast at the tail. A /31 (RFC 3021) or /127 (RFC 6164) has neither network nor broadcast: its first
    /// address is the gateway.
    /// </summary>
    public static KeptBack OfSubnet(IpFamily family, int hostBits) => hostBits switch
    {
        <= 1 => new KeptBack(1, 0),
        _ => new KeptBack(2, family == IpFamily.IPv4 ? 1 : 0),
    };

    /// <summary>The gateway of a subnet: the last address that is kept back at its head.</summary>
    public static IpAddress GatewayOf(Cidr subnet) =>
        subnet.Network.Plus((UInt128)(OfSubnet(subnet.Family, subnet.HostBits).Head - 1));
}
