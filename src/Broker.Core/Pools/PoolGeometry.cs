using Broker.Core.Addresses;

namespace Broker.Core.Pools;

/// <summary>
/// Which addresses of a pool may be leased, as arithmetic: nothing here counts addresses one by one. Addresses are
/// offsets from the pool's network; the <em>rank</em> of an offset is the number of usable ones before it.
/// </summary>
internal sealed class PoolGeometry
{
    private readonly UInt128[] _first;
    private readonly UInt128[] _last;
    private readonly UInt128[] _excludedBefore;

    private PoolGeometry(PoolSpec spec, KeptBack kept, List<(UInt128 First, UInt128 Last)> exclusions)
    {
        Spec = spec;
        Kept = kept;
        HostBits = spec.Cidr.Network.Bits - spec.BlockPrefixLength;
        BlockCount = UInt128.One << (spec.BlockPrefixLength - spec.Cidr.PrefixLength);
        _first = new UInt128[exclusions.Count];
        _last = new UInt128[exclusions.Count];
        _excludedBefore = new UInt128[exclusions.Count];
        UInt128 excluded = 0;
        for (var i = 0; i < exclusions.Count; i++)
        {
            (_first[i], _last[i]) = exclusions[i];
            _excludedBefore[i] = excluded;
            excluded += _last[i] - _first[i] + 1;
        }

        BlocksUsable = CountUsableBlocks();
    }

    /// <summary>Number of block indexes, usable or not.</summary>
    public UInt128 BlockCount { get; }

    /// <summary>Number of blocks with at least one usable address.</summary>
    public UInt128 BlocksUsable { get; }

    /// <summary>Bits of an address that count within a block.</summary>
    public int HostBits { get; }

    private PoolSpec Spec { get; }

    private KeptBack Kept { get; }

    /// <summary>Works out a pool whose shape was checked.</summary>
    public static PoolGeometry Of(PoolSpec spec) =>
        new(spec, KeptBack.OfBlock(spec), ExclusionMerge.Merge(spec));

    /// <summary>The subnet of a block index.</summary>
    public Cidr BlockAt(UInt128 index) => new(Spec.Cidr.Network.Plus(index << HostBits), Spec.BlockPrefixLength);

    /// <summary>The block index of an address that lies in the pool.</summary>
    public UInt128 IndexOf(IpAddress address) => (address.Value - Spec.Cidr.Network.Value) >> HostBits;

    /// <summary>The rank of the first usable address of a block, and how many it has.</summary>
    public (UInt128 Rank, UInt128 Count) UsableOf(UInt128 index)
    {
        var rank = RankOf(FirstOf(index));
        return (rank, RankOf(LastOf(index) + 1) - rank);
    }

    /// <summary>The address of a rank.</summary>
    public IpAddress AddressAt(UInt128 rank)
    {
        var (low, high) = (0, _first.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _first[middle] - _excludedBefore[middle] <= rank ? (middle + 1, high) : (low, middle);
        }

        var excluded = low == 0 ? 0 : _excludedBefore[low - 1] + (_last[low - 1] - _first[low - 1] + 1);
        return Spec.Cidr.Network.Plus(rank + excluded);
    }

    /// <summary>The rank of an address that lies in the pool, or null when it is never leased.</summary>
    public UInt128? RankOf(IpAddress address)
    {
        var offset = address.Value - Spec.Cidr.Network.Value;
        var index = offset >> HostBits;
        return offset < FirstOf(index) || offset > LastOf(index) || IsExcluded(offset) ? null : RankOf(offset);
    }

    /// <summary>
    /// The first usable block from an index on, or <see cref="BlockCount"/>. Jumps over an exclusion in at most
    /// three steps, however wide it is.
    /// </summary>
    public UInt128 NextUsableBlock(UInt128 index)
    {
        while (_first.Length > 0 && index < BlockCount && UsableOf(index).Count == 0)
        {
            var covering = ExclusionsFrom(FirstOf(index)) - 1;
            index = UInt128.Max(index + 1, (_last[covering] + 1) >> HostBits);
        }

        return UInt128.Min(index, BlockCount);
    }

    private UInt128 FirstOf(UInt128 index) => (index << HostBits) + (UInt128)Kept.Head;

    private UInt128 LastOf(UInt128 index) => (index << HostBits) + ((UInt128.One << HostBits) - 1) - (UInt128)Kept.Tail;

    /// <summary>Number of usable offsets before one, counting exclusions only.</summary>
    private UInt128 RankOf(UInt128 offset)
    {
        var count = ExclusionsFrom(offset);
        if (count == 0)
        {
            return offset;
        }

        var inside = UInt128.Min(offset, _last[count - 1] + 1) - _first[count - 1];
        return offset - _excludedBefore[count - 1] - inside;
    }

    private bool IsExcluded(UInt128 offset)
    {
        var count = ExclusionsFrom(offset);
        return count > 0 && offset <= _last[count - 1];
    }

    /// <summary>Number of exclusions that begin at or before an offset.</summary>
    private int ExclusionsFrom(UInt128 offset)
    {
        var (low, high) = (0, _first.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _first[middle] <= offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>What may be usable lies in one piece, so one exclusion covers a block without any.</summary>
    private UInt128 CountUsableBlocks()
    {
        var usable = BlockCount;
        var size = UInt128.One << HostBits;
        for (var i = 0; i < _first.Length; i++)
        {
            var from = _first[i] <= (UInt128)Kept.Head ? 0 : (_first[i] - (UInt128)Kept.Head + size - 1) >> HostBits;
            var to = UInt128.Min(BlockCount, (_last[i] + (UInt128)Kept.Tail + 1) >> HostBits);
            usable -= to > from ? to - from : 0;
        }

        return usable;
    }
}
