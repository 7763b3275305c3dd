using Broker.Core.Names;
using Broker.Server.Options;

namespace Broker.Server.Limits;

/// <summary>
/// How often each node may ask. Releases and renewals have a share of their own on top, a quarter of the rest, so that
/// a node that floods with grants can still give back and keep its identity. Asked about nodes on record only, so there
/// are never more entries than nodes; one that is whole again is dropped.
/// </summary>
internal sealed class NodeRateLimits(LimitsOptions limits, TimeProvider time)
{
    private const double KeptShare = 0.25;

    private readonly Lock _gate = new();
    private readonly Dictionary<NodeName, (RequestBucket All, RequestBucket Kept)> _nodes = [];

    /// <summary>Nodes that asked lately.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _nodes.Count;
            }
        }
    }

    /// <summary>Takes one request of a node; null when it may pass, else when to ask again.</summary>
    /// <param name="node">By a certificate on record: nobody else may use up its share.</param>
    /// <param name="mayUseKept">Whether it is one of those that the kept share is for.</param>
    public TimeSpan? Take(NodeName node, bool mayUseKept)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!_nodes.TryGetValue(node, out var buckets))
            {
                buckets = (Bucket(1, now), Bucket(KeptShare, now));
                _nodes.Add(node, buckets);
            }

            if (buckets.All.Take(time, now) is not { } wait)
            {
                return null;
            }

            return mayUseKept && buckets.Kept.Take(time, now) is var kept && (kept is null || kept < wait)
                ? kept
                : wait;
        }
    }

    /// <summary>Drops the nodes that have not asked for so long that nothing is missing.</summary>
    public void ForgetIdle()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            foreach (var (node, buckets) in _nodes)
            {
                if (buckets.All.IsFull(time, now) && buckets.Kept.IsFull(time, now))
                {
                    _ = _nodes.Remove(node); // Allowed while enumerating; it is there.
                }
            }
        }
    }

    private RequestBucket Bucket(double share, long now) => new(
        limits.NodeRequestsPerSecond * share, Math.Max(1, limits.NodeRequestBurst * share), now);
}
