using System.Collections.Concurrent;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>How far the Nodes are behind the ledger: what is granted and not on its Node yet, and since when.</summary>
public sealed class PodCidrLag(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _pending = new(StringComparer.Ordinal);
    private int _differing;

    /// <summary>Nodes whose podCIDRs are granted and not written yet.</summary>
    public int Pending => _pending.Count;

    /// <summary>How long the oldest of them has waited; zero when none does.</summary>
    public TimeSpan Oldest => _pending.Values.Select(since => time.GetElapsedTime(since)).DefaultIfEmpty().Max();

    /// <summary>Nodes that have other podCIDRs than they were granted.</summary>
    public int Differing => _differing;

    /// <summary>Takes the UIDs of all that wait and the number of those that differ, as one look found them.</summary>
    internal void Set(IReadOnlySet<string> waiting, int differing)
    {
        foreach (var uid in waiting)
        {
            _ = _pending.TryAdd(uid, time.GetTimestamp()); // False: it has waited since before.
        }

        foreach (var uid in _pending.Keys.Where(uid => !waiting.Contains(uid)))
        {
            _ = _pending.TryRemove(uid, out _); // It waits no more.
        }

        _differing = differing;
    }
}
