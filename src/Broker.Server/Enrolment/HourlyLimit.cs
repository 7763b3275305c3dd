using System.Collections.Concurrent;
using Broker.Core.Names;

namespace Broker.Server.Enrolment;

/// <summary>
/// How often something may happen for one node within an hour, because each time stays in the journal for good. Kept in
/// memory: a restart begins anew.
/// </summary>
internal sealed class HourlyLimit(TimeProvider time, int timesMax)
{
    private static readonly TimeSpan hour = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<NodeName, (long Start, int Count)> _nodes = new();

    /// <summary>Takes one of the node's times; false when none is left in this hour.</summary>
    public bool TryTake(NodeName node)
    {
        var now = time.GetTimestamp();
        var (_, count) = _nodes.AddOrUpdate(
            node,
            _ => (now, 1),
            (_, known) => time.GetElapsedTime(known.Start, now) >= hour
                ? (now, 1)
                : (known.Start, Math.Min(known.Count, timesMax) + 1));
        return count <= timesMax;
    }
}
