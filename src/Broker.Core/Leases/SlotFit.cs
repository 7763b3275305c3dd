using Broker.Core.Addresses;

namespace Broker.Core.Leases;

/// <summary>What the slots of a block are, as far as they are open: counted anew from the slots themselves.</summary>
/// <param name="Open">Number of open slots.</param>
/// <param name="Live">Number of open slots that are held.</param>
/// <param name="Unused">The never-used open slots.</param>
/// <param name="Released">The released open slots, longest-released first.</param>
internal sealed record SlotFit(int Open, int Live, IntervalSet Unused, IReadOnlyList<int> Released)
{
    public static SlotFit Of(AddressSlot[] slots, IReadOnlyList<(int First, int Last)> open)
    {
        var (count, live) = (0, 0);
        var unused = new IntervalSet();
        var released = new List<int>();
        foreach (var (first, last) in open)
        {
            count += last - first + 1;
            var from = first;
            for (var slot = first; slot <= last && slot < slots.Length; slot++)
            {
                var isHeld = slots[slot].Lease is not null;
                if (!isHeld && slots[slot].Released == 0)
                {
                    continue;
                }

                live += isHeld ? 1 : 0;
                if (!isHeld)
                {
                    released.Add(slot);
                }

                if (from < slot)
                {
                    unused.Add((UInt128)from, (UInt128)slot - 1);
                }

                from = slot + 1;
            }

            if (from <= last)
            {
                unused.Add((UInt128)from, (UInt128)last);
            }
        }

        released.Sort((left, right) => slots[left].Released.CompareTo(slots[right].Released));
        return new SlotFit(count, live, unused, released);
    }
}
