using Broker.Core.Addresses;

namespace Broker.Core.Pools;

/// <summary>
/// How a pool is cut into blocks, as arithmetic. A block's index is its network address without the bits that count
/// within it, so that it stays when the pool grows to either side.
/// </summary>
internal readonly struct PoolGeometry
{
    private readonly KeptBack _kept;
    private readonly IpFamily _family;
    private readonly int _blockPrefixLength;

    /// <summary>Works out a pool whose shape was checked.</summary>
    public PoolGeometry(PoolSpec spec)
    {
        _kept = KeptBack.OfBlock(spec);
        _family = spec.Cidr.Family;
        _blockPrefixLength = spec.BlockPrefixLength;
        HostBits = spec.Cidr.Network.Bits - spec.BlockPrefixLength;
        FirstBlock = spec.Cidr.Network.Value >> HostBits;
        LastBlock = spec.Cidr.Last.Value >> HostBits;
    }

    /// <summary>Bits of an address that count within a block.</summary>
    public int HostBits { get; }

    /// <summary>The index of the first block.</summary>
    public UInt128 FirstBlock { get; }

    /// <summary>The index of the last block.</summary>
    public UInt128 LastBlock { get; }

    private UInt128 HostMask => (UInt128.One << HostBits) - 1;

    /// <summary>The subnet of a block index.</summary>
    public Cidr BlockAt(UInt128 index) => new(AddressAt(index << HostBits), _blockPrefixLength);

    /// <summary>The block index of an address that lies in the pool.</summary>
    public UInt128 IndexOf(IpAddress address) => IndexOf(address.Value);

    public UInt128 IndexOf(UInt128 address) => address >> HostBits;

    /// <summary>An address of the pool by its number.</summary>
    public IpAddress AddressAt(UInt128 value) => new(_family, value);

    /// <summary>A range of the pool up to the edges of its blocks.</summary>
    public IpRange WholeBlocks(IpRange range) => new(
        AddressAt(IndexOf(range.First) << HostBits), AddressAt((IndexOf(range.Last) << HostBits) | HostMask));

    /// <summary>The first and the last address of a block that are not kept back.</summary>
    public (UInt128 First, UInt128 Last) UsableOf(UInt128 index)
    {
        var network = index << HostBits;
        return (network + (UInt128)_kept.Head, (network | HostMask) - (UInt128)_kept.Tail);
    }

    /// <summary>
    /// The blocks that have no usable address outside of an interval, or null. What is usable of a block lies in one
    /// piece, so one interval covers a block without any.
    /// </summary>
    public (UInt128 First, UInt128 Last)? BlocksInside(UInt128 first, UInt128 last)
    {
        var from = IndexOf(first);
        from += first <= UsableOf(from).First ? 0u : 1u;
        var end = IndexOf(last);
        end += last >= UsableOf(end).Last ? 1u : 0u;
        return from < end ? (from, end - 1) : null;
    }
}
