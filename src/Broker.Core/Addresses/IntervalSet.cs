namespace Broker.Core.Addresses;

/// <summary>
/// A set of numbers as few disjoint intervals in order: what touches is one interval, so that a jump over it is one
/// step however many made it. Looking up is a binary search; a change moves what lies behind it.
/// </summary>
internal sealed class IntervalSet
{
    private readonly List<(UInt128 First, UInt128 Last)> _runs = [];

    /// <summary>The intervals in order, both ends included.</summary>
    public IReadOnlyList<(UInt128 First, UInt128 Last)> Runs => _runs;

    public bool IsEmpty => _runs.Count == 0;

    /// <summary>The smallest number of a set that is not empty.</summary>
    public UInt128 First => _runs[0].First;

    public void Add(UInt128 first, UInt128 last)
    {
        var from = PlaceOf(first == 0 ? 0 : first - 1);
        var to = from;
        for (; to < _runs.Count && (_runs[to].First <= last || _runs[to].First - 1 == last); to++)
        {
            first = UInt128.Min(first, _runs[to].First);
            last = UInt128.Max(last, _runs[to].Last);
        }

        Replace(from, to, (first, last), null);
    }

    public void Remove(UInt128 first, UInt128 last)
    {
        var from = PlaceOf(first);
        var to = from;
        while (to < _runs.Count && _runs[to].First <= last)
        {
            to++;
        }

        if (to == from)
        {
            return;
        }

        var (start, end) = (_runs[from].First, _runs[to - 1].Last);
        (UInt128, UInt128)? left = start < first ? (start, first - 1) : null;
        (UInt128, UInt128)? right = end > last ? (last + 1, end) : null;
        Replace(from, to, left, right);
    }

    public bool Contains(UInt128 value) => PlaceOf(value) is var place
        && place < _runs.Count && _runs[place].First <= value;

    /// <summary>The first number from one to another, both included, that is not in the set.</summary>
    public UInt128? FirstOutside(UInt128 from, UInt128 to)
    {
        var place = PlaceOf(from);
        if (place == _runs.Count || _runs[place].First > from)
        {
            return from <= to ? from : null;
        }

        return _runs[place].Last < to ? _runs[place].Last + 1 : null;
    }

    /// <summary>What lies in the set from one number to another, clipped to them.</summary>
    public IEnumerable<(UInt128 First, UInt128 Last)> Within(UInt128 from, UInt128 to)
    {
        for (var place = PlaceOf(from); place < _runs.Count && _runs[place].First <= to; place++)
        {
            yield return (UInt128.Max(_runs[place].First, from), UInt128.Min(_runs[place].Last, to));
        }
    }

    /// <summary>What is missing in the set from one number to another.</summary>
    public IEnumerable<(UInt128 First, UInt128 Last)> Gaps(UInt128 from, UInt128 to)
    {
        foreach (var (first, last) in Within(from, to))
        {
            if (first > from)
            {
                yield return (from, first - 1);
            }

            if (last == to)
            {
                yield break;
            }

            from = last + 1;
        }

        if (from <= to)
        {
            yield return (from, to);
        }
    }

    private void Replace(int from, int to, (UInt128, UInt128)? left, (UInt128, UInt128)? right)
    {
        foreach (var run in (ReadOnlySpan<(UInt128, UInt128)?>)[left, right])
        {
            if (run is not { } kept)
            {
                continue;
            }

            if (from < to)
            {
                _runs[from++] = kept;
            }
            else
            {
                _runs.Insert(from++, kept);
                to++;
            }
        }

        _runs.RemoveRange(from, to - from);
    }

    /// <summary>The place of the first interval that ends at or after a number.</summary>
    private int PlaceOf(UInt128 value)
    {
        var (low, high) = (0, _runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _runs[middle].Last < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
