using System.Collections.Concurrent;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Watching;

namespace Broker.Kubernetes.Namespaces;

/// <summary>The pools that each namespace chooses; whoever chooses none is not kept.</summary>
internal sealed class NamespaceTarget : IListTarget<NamespaceObject>
{
    private readonly ConcurrentDictionary<string, string> _pools = new(StringComparer.Ordinal);

    /// <summary>Whether a whole list was seen.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The value of the annotation, or null.</summary>
    public string? PoolsOf(string name) => _pools.GetValueOrDefault(name);

    public Task<TimeSpan?> ListedAsync(ListSeen<NamespaceObject> seen, CancellationToken cancellation)
    {
        var listed = seen.Items.Where(item => item.Pools is not null).Select(item => item.Name).ToHashSet();
        foreach (var gone in _pools.Keys.Where(name => !listed.Contains(name)))
        {
            _ = _pools.TryRemove(gone, out _); // Nobody else writes.
        }

        foreach (var item in seen.Items)
        {
            Take(item);
        }

        IsComplete = true;
        return Task.FromResult<TimeSpan?>(null);
    }

    public Task ChangedAsync(ClusterChange<NamespaceObject> change, CancellationToken cancellation)
    {
        Take(change.Kind == ChangeKind.Deleted ? change.Item! with { Pools = null } : change.Item!);
        return Task.CompletedTask;
    }

    private void Take(NamespaceObject item)
    {
        if (item.Pools is { } pools)
        {
            _pools[item.Name] = pools;
        }
        else
        {
            _ = _pools.TryRemove(item.Name, out _); // It may not have been there.
        }
    }
}
