using Broker.Core.Leases;
using Broker.Core.Pools;

namespace Broker.Core.Blocks;

/// <summary>
/// Which addresses of a block have a slot, fixed for its generation, so that no change of exclusions or reservations
/// moves a lease. A block within the window numbers every address that it does not keep back; a larger one the first
/// so many that are open when it is granted.
/// </summary>
internal readonly struct SlotNumbers
{
    private readonly UInt128 _first;

    /// <summary>The further pieces of a larger block, each with its first slot; null for one piece.</summary>
    private readonly (UInt128 First, int Slot)[]? _further;

    private SlotNumbers(UInt128 first, int count, (UInt128 First, int Slot)[]? further) =>
        (_first, Count, _further) = (first, count, further);

    /// <summary>Number of slots.</summary>
    public int Count { get; }

    /// <summary>Numbers a block; a larger one costs a step for each closed interval before its last slot.</summary>
    public static SlotNumbers Of(PoolSpace space, UInt128 index)
    {
        var (first, last) = space.Geometry.UsableOf(index);
        if (last - first < AddressSlots.WindowAddresses)
        {
            return new SlotNumbers(first, (int)(last - first) + 1, null);
        }

        var pieces = new List<(UInt128 First, int Slot)>(1);
        var count = 0;
        foreach (var gap in space.Closed.Gaps(first, last))
        {
            pieces.Add((gap.First, count));
            var room = AddressSlots.WindowAddresses - count;
            if (gap.Last - gap.First >= (UInt128)room - 1)
            {
                count += room;
                break;
            }

            count += (int)(gap.Last - gap.First) + 1;
        }

        return pieces.Count == 0
            ? new SlotNumbers(first, 0, null)
            : new SlotNumbers(pieces[0].First, count, pieces.Count == 1 ? null : [.. pieces.Skip(1)]);
    }

    /// <summary>The slot of an address, or null when it has none.</summary>
    public int? SlotOf(UInt128 address)
    {
        var (piece, high) = (0, _further?.Length ?? 0);
        while (piece < high)
        {
            var middle = (piece + high) / 2;
            (piece, high) = _further![middle].First <= address ? (middle + 1, high) : (piece, middle);
        }

        var (first, slot, end) = PieceAt(piece);
        return address >= first && address - first < (UInt128)(end - slot) ? slot + (int)(address - first) : null;
    }

    /// <summary>The address of a slot.</summary>
    public UInt128 AddressAt(int slot)
    {
        var (piece, high) = (0, _further?.Length ?? 0);
        while (piece < high)
        {
            var middle = (piece + high) / 2;
            (piece, high) = _further![middle].Slot <= slot ? (middle + 1, high) : (piece, middle);
        }

        var (first, start, _) = PieceAt(piece);
        return first + (UInt128)(slot - start);
    }

    /// <summary>The slots whose address is open now, as intervals in order.</summary>
    public List<(int First, int Last)> Open(PoolSpace space)
    {
        var open = new List<(int First, int Last)>(1);
        for (var piece = 0; piece <= (_further?.Length ?? 0); piece++)
        {
            var (first, slot, end) = PieceAt(piece);
            if (end == slot)
            {
                continue;
            }

            foreach (var gap in space.Closed.Gaps(first, first + (UInt128)(end - slot - 1)))
            {
                open.Add((slot + (int)(gap.First - first), slot + (int)(gap.Last - first)));
            }
        }

        return open;
    }

    /// <summary>A piece: its first address, its first slot, and the slot after its last.</summary>
    private (UInt128 First, int Slot, int End) PieceAt(int piece)
    {
        var (first, slot) = piece == 0 ? (_first, 0) : _further![piece - 1];
        return (first, slot, piece < (_further?.Length ?? 0) ? _further![piece].Slot : Count);
    }
}
