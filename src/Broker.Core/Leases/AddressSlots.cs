using Broker.Core.Time;

namespace Broker.Core.Leases;

/// <summary>
/// The addresses of one block, by slot: a cursor over the never-used open ones, and a queue of the released open ones
/// that runs through the slots themselves. What is closed is in neither, and comes back to its place once it is open
/// again. Memory grows with the slots touched, up to the window.
/// </summary>
internal sealed class AddressSlots(int window)
{
    /// <summary>Usable addresses of a block that are ever leased.</summary>
    public const int WindowAddresses = 65_536;

    private AddressSlot[] _slots = [];
    private UnusedSlots _unused = new(window);
    private int _oldest;
    private int _newest;

    /// <summary>Number of slots.</summary>
    public int Window { get; } = window;

    /// <summary>Held addresses.</summary>
    public int Live { get; private set; }

    /// <summary>Open addresses: never used, held or released.</summary>
    public int Open { get; private set; } = window;

    /// <summary>Released open addresses, cooled or not.</summary>
    public int Queued { get; private set; }

    /// <summary>Slots that memory is set aside for.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Whether never-used open addresses are left.</summary>
    public bool HasUnused => !_unused.IsEmpty;

    /// <summary>When the longest-released address was released; null when none is queued.</summary>
    public LedgerTime? OldestStamp => _oldest == 0 ? null : _slots[_oldest - 1].Stamp;

    /// <summary>The slot to lease now: never-used first, then longest-released once it has cooled; or -1.</summary>
    public int Pick(LedgerTime now, int cooldownSeconds)
    {
        if (HasUnused)
        {
            return _unused.First;
        }

        return OldestStamp is { } stamp && stamp.PlusSeconds(cooldownSeconds) <= now ? _oldest - 1 : -1;
    }

    /// <summary>The position of the release of a queued slot, or null for a never-used one.</summary>
    public long? PrevOf(int slot) => slot < _slots.Length && _slots[slot].Released > 0 ? _slots[slot].Released : null;

    /// <summary>Who held a slot until it was released.</summary>
    public Former? FormerAt(int slot) => slot < _slots.Length ? _slots[slot].Former : null;

    /// <summary>When a slot may be leased to anybody: at once if it was never used; null while it is held.</summary>
    public LedgerTime? FreeAt(int slot, int cooldownSeconds)
    {
        if (slot >= _slots.Length || (_slots[slot].Lease is null && _slots[slot].Released == 0))
        {
            return LedgerTime.Zero;
        }

        return _slots[slot].Lease is null ? _slots[slot].Stamp.PlusSeconds(cooldownSeconds) : null;
    }

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
        else
        {
            _unused.Use(slot);
        }

        _slots[slot] = new AddressSlot { Lease = lease };
        Live++;
    }

    public void Release(int slot, long position, LedgerTime now, Former? former = null)
    {
        _slots[slot] = new AddressSlot { Released = position, Stamp = now, Former = former };
        Link(slot);
        Live--;
    }

    /// <summary>
    /// Takes up which slots are open now, as intervals in order. Costs a step for each of them and for each slot
    /// touched.
    /// </summary>
    /// <exception cref="InvalidOperationException">A held address would be closed.</exception>
    public void Refit(IReadOnlyList<(int First, int Last)> open)
    {
        var fit = SlotFit.Of(_slots, open);
        if (fit.Live != Live)
        {
            throw new InvalidOperationException("A held address would be closed.");
        }

        _unused = UnusedSlots.Of(fit.Unused);
        (Open, Queued, _oldest, _newest) = (fit.Open, 0, 0, 0);
        foreach (var slot in fit.Released)
        {
            Link(slot);
        }
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

    public void Validate(List<string> faults, string block, IReadOnlyList<(int First, int Last)>? open = null)
    {
        var fit = SlotFit.Of(_slots, open ?? (Window > 0 ? [(0, Window - 1)] : []));
        var (linked, order) = (0, true);
        for (var link = _oldest; link != 0 && linked < fit.Released.Count; link = _slots[link - 1].Newer, linked++)
        {
            var next = _slots[link - 1].Newer;
            order &= fit.Released[linked] == link - 1
                && (next == 0 ? link == _newest : _slots[next - 1].Older == link
                    && _slots[next - 1].Stamp >= _slots[link - 1].Stamp);
        }

        if (!order || linked != fit.Released.Count || linked != Queued)
        {
            faults.Add($"I3: the cooling queue of block {block} holds {linked} of {fit.Released.Count}, or disorder.");
        }

        var live = 0;
        foreach (var slot in _slots)
        {
            live += slot.Lease is null ? 0 : 1;
            if (slot.Lease is not null && slot.Released > 0)
            {
                faults.Add($"I3: a live address of block {block} is in the cooling queue.");
            }
        }

        if (live != Live || fit.Live != Live || fit.Open != Open)
        {
            faults.Add($"Block {block} counts {Live} live of {Open}, and has {live}, {fit.Live} of {fit.Open}.");
        }

        if (!_unused.Runs().SequenceEqual(fit.Unused.Runs))
        {
            faults.Add($"The never-used addresses of block {block} are not those that it has.");
        }
    }

    private void Link(int slot)
    {
        (_slots[slot].Older, _slots[slot].Newer) = (_newest, 0);
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
