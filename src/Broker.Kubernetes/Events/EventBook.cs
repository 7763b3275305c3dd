namespace Broker.Kubernetes.Events;

/// <summary>What is counted, by object and reason, within bounds. Not safe for several threads.</summary>
internal sealed class EventBook(EventLimits limits, TimeProvider time)
{
    private readonly Dictionary<NoticeObject, Dictionary<string, EventTally>> _objects = [];
    private readonly Queue<NoticeObject> _order = new();

    /// <summary>Counts one; null when its object has too many different reasons.</summary>
    public EventTally? Add(NoticeObject about, string reason, string message)
    {
        if (!_objects.TryGetValue(about, out var reasons))
        {
            _objects.Add(about, reasons = []);
            _order.Enqueue(about);
            if (_order.Count > limits.ObjectsMax)
            {
                _ = _objects.Remove(_order.Dequeue()); // Each queued object is in the index.
            }
        }

        if (!reasons.TryGetValue(reason, out var tally))
        {
            if (reasons.Count >= limits.ReasonsMax)
            {
                return null;
            }

            // One limit for all reasons of an object.
            var bucket = reasons.Values.FirstOrDefault()?.Bucket
                ?? new TokenBucket(limits.ObjectBurst, limits.ObjectPerSecond, time);
            reasons.Add(reason, tally = new EventTally(about, reason, bucket));
        }

        tally.Add(message, time.GetUtcNow());
        return tally;
    }

    /// <summary>What the cluster does not know yet.</summary>
    public IReadOnlyList<EventTally> Due() =>
        [.. _objects.Values.SelectMany(reasons => reasons.Values).Where(tally => tally.IsDue)];
}
