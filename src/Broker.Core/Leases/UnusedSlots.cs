using Broker.Core.Addresses;

namespace Broker.Core.Leases;

/// <summary>
/// The never-used open slots of a block: as a rule one interval whose start is the cursor. What lies behind a hole is
/// kept apart, for the few blocks that have one.
/// </summary>
internal struct UnusedSlots(int window)
{
    private int _end = window;
    private IntervalSet? _further;

    /// <summary>The first one, unless there is none.</summary>
    public int First { get; private set; }

    public readonly bool IsEmpty => First >= _end;

    public static UnusedSlots Of(IntervalSet slots)
    {
        var unused = new UnusedSlots(0) { _further = slots };
        unused.Next();
        if (slots.IsEmpty)
        {
            unused._further = null;
        }

        return unused;
    }

    /// <summary>Takes a slot out; as a rule it is the first.</summary>
    public void Use(int slot)
    {
        if (slot == First)
        {
            First++;
        }
        else if (slot > First && slot < _end)
        {
            _further ??= new IntervalSet();
            if (slot + 1 < _end)
            {
                _further.Add((UInt128)slot + 1, (UInt128)_end - 1);
            }

            _end = slot;
        }
        else
        {
            _further?.Remove((UInt128)slot, (UInt128)slot);
        }

        if (First == _end)
        {
            Next();
        }
    }

    /// <summary>All of them, as intervals in order.</summary>
    public readonly IEnumerable<(UInt128 First, UInt128 Last)> Runs()
    {
        var further = _further?.Runs ?? [];
        return IsEmpty ? further : further.Prepend(((UInt128)First, (UInt128)_end - 1));
    }

    private void Next()
    {
        if (_further is { IsEmpty: false } further)
        {
            var (first, last) = further.Runs[0];
            further.Remove(first, last);
            (First, _end) = ((int)first, (int)last + 1);
        }
    }
}
