using Broker.Core.Time;

namespace Broker.Core.Requests;

/// <summary>
/// Things to remember for a fixed time, at most so many: past that the oldest is forgotten. Adding one again begins
/// its time anew.
/// </summary>
internal sealed class ExpiringSet<T>(int entriesMax, int seconds)
    where T : notnull
{
    private readonly Dictionary<T, LinkedListNode<(T Key, LedgerTime Until)>> _nodes = [];
    private readonly LinkedList<(T Key, LedgerTime Until)> _order = new();

    public int Count => _nodes.Count;

    public bool Contains(T key, LedgerTime now) => _nodes.TryGetValue(key, out var node) && node.Value.Until > now;

    public void Add(T key, LedgerTime now)
    {
        if (_nodes.Remove(key, out var known))
        {
            _order.Remove(known);
        }

        while (_order.First is { } first && (first.Value.Until <= now || _nodes.Count >= entriesMax))
        {
            _ = _nodes.Remove(first.Value.Key); // Each link has its entry; Validate counts them.
            _order.RemoveFirst();
        }

        _nodes.Add(key, _order.AddLast((key, now.PlusSeconds(seconds))));
    }

    public void Validate(List<string> faults, string name)
    {
        if (_nodes.Count != _order.Count || _nodes.Count > entriesMax)
        {
            faults.Add($"The {name} count {_nodes.Count} and {_order.Count}.");
        }
    }
}
