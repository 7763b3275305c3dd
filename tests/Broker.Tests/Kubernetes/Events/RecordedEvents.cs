using System.Collections.Concurrent;
using Broker.Kubernetes.Events;

namespace Broker.Tests.Kubernetes.Events;

/// <summary>An API server that writes down what it is asked, and does what a test tells it.</summary>
internal sealed class RecordedEvents : IEventApi
{
    private int _reads;

    public ConcurrentDictionary<(string Namespace, string Name), BoundPod> Pods { get; } = new();

    public ConcurrentDictionary<string, ClusterEvent> Events { get; } = new();

    /// <summary>What was written, in order: <c>create</c> or <c>count</c>.</summary>
    public ConcurrentQueue<(string What, ClusterEvent Event)> Writes { get; } = new();

    public bool IsForbidden { get; set; }

    public bool IsAway { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    public Task<EventOutcome> CreateAsync(ClusterEvent item, CancellationToken cancellation) =>
        WriteAsync("create", item);

    public Task<EventOutcome> CountAsync(ClusterEvent item, CancellationToken cancellation) =>
        Events.ContainsKey(item.Name) ? WriteAsync("count", item) : Task.FromResult(EventOutcome.Gone);

    public Task<BoundPod?> FindPodAsync(string inNamespace, string name, CancellationToken cancellation)
    {
        _ = Interlocked.Increment(ref _reads);
        return Task.FromResult(Pods.GetValueOrDefault((inNamespace, name)));
    }

    private Task<EventOutcome> WriteAsync(string what, ClusterEvent item)
    {
        if (IsAway)
        {
            throw new HttpRequestException("away");
        }

        Writes.Enqueue((what, item));
        if (IsForbidden)
        {
            return Task.FromResult(EventOutcome.Forbidden);
        }

        Events[item.Name] = item;
        return Task.FromResult(EventOutcome.Written);
    }
}
