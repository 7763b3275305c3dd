using Broker.Core.Addresses;
using Broker.Core.Pools;

namespace Broker.Tests.Core;

/// <summary>What the rules say of single addresses, address by address: slow, and apart from the product.</summary>
internal static class Naive
{
    /// <summary>Whether an address, by its offset in the pool, may ever be leased.</summary>
    public static bool IsUsable(PoolSpec spec, int offset) =>
        IsUsable(spec, spec.Cidr.Network.Plus((UInt128)offset));

    /// <summary>Whether an address of the pool may ever be leased.</summary>
    public static bool IsUsable(PoolSpec spec, IpAddress address)
    {
        var offset = (int)(address.Value - spec.Cidr.Network.Value);
        var poolBits = spec.Cidr.Network.Bits - spec.Cidr.PrefixLength;
        var blockBits = spec.Cidr.Network.Bits - spec.BlockPrefixLength;
        var isFour = spec.Cidr.Family == IpFamily.IPv4;
        return !spec.Exclusions.Any(range => range.Contains(address)) && spec.Network switch
        {
            PoolNetwork.Routed => !IsEdge(offset % (1 << blockBits), blockBits, isFour),
            PoolNetwork.Flat => !IsEdge(offset, poolBits, isFour),
            _ => true,
        };
    }

    private static bool IsEdge(int offset, int bits, bool isFour) => bits switch
    {
        0 => true,
        1 => offset == 0,
        _ => offset is 0 or 1 || (isFour && offset == (1 << bits) - 1),
    };
}
