namespace Broker.Kubernetes.Events;

/// <summary>
/// What the publisher of Events asks of an API server. Every call may throw when it cannot be reached.
/// </summary>
public interface IEventApi
{
    /// <summary>Makes an Event. Needs the right <c>create</c> on <c>events</c>.</summary>
    Task<EventOutcome> CreateAsync(ClusterEvent item, CancellationToken cancellation);

    /// <summary>Counts one up. Needs the right <c>patch</c> on <c>events</c>.</summary>
    Task<EventOutcome> CountAsync(ClusterEvent item, CancellationToken cancellation);

    /// <summary>Reads a pod; null when there is none. Needs the right <c>get</c> on <c>pods</c>.</summary>
    Task<BoundPod?> FindPodAsync(string inNamespace, string name, CancellationToken cancellation);
}
