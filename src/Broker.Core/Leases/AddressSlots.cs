using Broker.Core.Time;

namespace Broker.Core.Leases;

/// <summary>
/// The addresses of one block, by slot: a cursor over the never-used ones, and a queue of the released ones that runs
/// through the slots themselves. Memory grows with the slots touched, up to the window.
/// </summary>
internal sealed class AddressSlots(int window)
{
    /// <summary>Usable addresses of a block that are ever leased.</summary>
    public const int WindowAddresses = 65_536;

    private AddressSlot[] _slots = [];
    private int _cursor;
    private int _oldest;
    private int _newest;

    /// <summary>Number of slots.</summary>
    public int Window { get; } = window;

    /// <summary>Held addresses.</summary>
    public int Live { get; private set; }

    /// <summary>Released addresses, cooled or not.</summary>
    public int Queued { get; private set; }

    /// <summary>Slots that memory is set aside for.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Whether never-used addresses are left.</summary>
    public bool HasUnused => _cursor < Window;

    /// <summary>When the longest-released address was released; null when none is queued.</summary>
    public LedgerTime? OldestStamp => _oldest == 0 ? null : _slots[_oldest - 1].Stamp;

    /// <summary>The slot to lease now: never-used first, then longest-released once it has cooled; or -1.</summary>
    public int Pick(LedgerTime now, int cooldownSeconds)
    {
        if (HasUnused)
        {
            return _cursor;
        }

        return OldestStamp is { } stamp && stamp.PlusSeconds(cooldownSeconds) <= now ? _oldest - 1 : -1;
    }

    /// <summary>The position of the release of a queued slot, or null for a never-used one.</summary>
    public long? PrevOf(int slot) => slot < _slots.Length && _slots[slot].Released > 0 ? _slots[slot].Released : null;

    public Lease? LeaseAt(int slot) => slot < _slots.Length ? _slots[slot].Lease : null;

    /// <summary>Leases a slot that is not leased.</summary>
    /// <exception cref="InvalidOperationException">It is.</exception>
    public void Hold(int slot, Lease lease)
    {
        if (LeaseAt(slot) is not null)
        {
            throw new InvalidOperationException($"{lease.Address} is leased already.");
        }

        if (slot >= _slots.Length)
        {
            Array.Resize(ref _slots, Math.Min(Window, Math.Max(slot + 1, Math.Max(4, _slots.Length * 2))));
        }

        if (_slots[slot].Released > 0)
        {
            Unlink(slot);
        }

        _slots[slot] = new AddressSlot { Lease = lease };
        Live++;
        while (_cursor < _slots.Length && (_slots[_cursor].Lease is not null || _slots[_cursor].Released > 0))
        {
            _cursor++;
        }
    }

    public void Release(int slot, long position, LedgerTime now)
    {
        _slots[slot] = new AddressSlot { Released = position, Stamp = now, Older = _newest };
        if (_newest == 0)
        {
            _oldest = slot + 1;
        }
        else
        {
            _slots[_newest - 1].Newer = slot + 1;
        }

        _newest = slot + 1;
        Queued++;
        Live--;
    }

    /// <summary>How many were released after a time: those that are cooling. Costs one step for each of them.</summary>
    public long CountAfter(LedgerTime time)
    {
        var count = 0L;
        for (var link = _newest; link != 0 && _slots[link - 1].Stamp > time; link = _slots[link - 1].Older)
        {
            count++;
        }

        return count;
    }

    public void Validate(List<string> faults, string block)
    {
        var (live, queued) = (0, 0);
        foreach (var slot in _slots)
        {
            live += slot.Lease is null ? 0 : 1;
            queued += slot.Released > 0 ? 1 : 0;
            if (slot.Lease is not null && slot.Released > 0)
            {
                faults.Add($"I3: a live address of block {block} is in the cooling queue.");
            }
        }

        var linked = 0;
        for (var link = _oldest; link != 0 && linked <= queued; link = _slots[link - 1].Newer, linked++)
        {
            var next = _slots[link - 1].Newer;
            if (next == 0 ? link != _newest : _slots[next - 1].Older != link
                || _slots[next - 1].Stamp < _slots[link - 1].Stamp)
            {
                faults.Add($"I3: the cooling queue of block {block} is out of order at slot {link - 1}.");
            }
        }

        if (live != Live || queued != Queued || linked != queued)
        {
            faults.Add($"Block {block} counts {Live} live and {Queued} queued, and has {live}, {queued}, {linked}.");
        }

        if (PrevOf(_cursor) is not null || LeaseAt(_cursor) is not null)
        {
            faults.Add($"The cursor of block {block} stands on used slot {_cursor}.");
        }
    }

    private void Unlink(int slot)
    {
        var (older, newer) = (_slots[slot].Older, _slots[slot].Newer);
        if (older == 0)
        {
            _oldest = newer;
        }
        else
        {
            _slots[older - 1].Newer = newer;
        }

        if (newer == 0)
        {
            _newest = older;
        }
        else
        {
            _slots[newer - 1].Older = older;
        }

        Queued--;
    }
}
