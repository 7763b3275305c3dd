using System.Collections.Concurrent;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Watching;

namespace Broker.Kubernetes.Pods;

/// <summary>
/// The cluster's pods as they were last seen. What it lacks may be new, or be gone: <see cref="ListBegun"/> tells
/// whether it could have been there.
/// </summary>
internal sealed class PodTarget : IListTarget<PodObject>
{
    private const long Never = long.MinValue;
    private readonly ConcurrentDictionary<PodKey, PodObject> _pods = new();
    private long _listBegun = Never;
    private volatile string _version = string.Empty;

    /// <summary>When the newest whole list was asked for, on the monotonic clock; null before the first.</summary>
    public long? ListBegun
    {
        get
        {
            var begun = Volatile.Read(ref _listBegun);
            return begun == Never ? null : begun;
        }
    }

    /// <summary>The newest version that was seen.</summary>
    public string Version
    {
        get => _version;
        set => _version = value;
    }

    /// <summary>Pods that are known.</summary>
    public int Count => _pods.Count;

    public PodObject? Find(PodKey key) => _pods.GetValueOrDefault(key);

    /// <summary>The UIDs of all of them. Costs a step for each pod.</summary>
    public HashSet<string> Uids()
    {
        var uids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pod in _pods.Values)
        {
            _ = uids.Add(pod.Uid); // UIDs are unique.
            if (pod.StaticUid is { } of)
            {
                _ = uids.Add(of); // One manifest may run on many nodes: the same UID for each.
            }
        }

        return uids;
    }

    public Task<TimeSpan?> ListedAsync(ListSeen<PodObject> seen, CancellationToken cancellation)
    {
        var listed = seen.Items.Select(pod => pod.Key).ToHashSet();
        foreach (var gone in _pods.Keys.Where(key => !listed.Contains(key)))
        {
            _ = _pods.TryRemove(gone, out _); // Nobody else writes.
        }

        foreach (var pod in seen.Items)
        {
            _pods[pod.Key] = pod;
        }

        // Last: whoever sees the new time sees what was listed.
        Volatile.Write(ref _listBegun, seen.Begun);
        return Task.FromResult<TimeSpan?>(null);
    }

    public Task ChangedAsync(ClusterChange<PodObject> change, CancellationToken cancellation)
    {
        var pod = change.Item!;
        _version = change.ResourceVersion;
        if (change.Kind == ChangeKind.Present)
        {
            _pods[pod.Key] = pod;
        }
        else if (_pods.TryGetValue(pod.Key, out var known) && known.Uid == pod.Uid)
        {
            _ = _pods.TryRemove(pod.Key, out _); // Nobody else writes.
        }

        return Task.CompletedTask;
    }
}
