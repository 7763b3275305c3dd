namespace Broker.Kubernetes.Events;

/// <summary>An Event as the cluster is to have it: one for each object and reason, counted up.</summary>
/// <param name="About">What it is about.</param>
/// <param name="Name">The Event's own name.</param>
/// <param name="Reason">A word such as <c>PoolExhausted</c>.</param>
/// <param name="Message">The newest message of that reason.</param>
/// <param name="Count">How often it happened.</param>
/// <param name="First">When it did first.</param>
/// <param name="Last">When it did last.</param>
public sealed record ClusterEvent(
    NoticeObject About,
    string Name,
    string Reason,
    string Message,
    int Count,
    DateTimeOffset First,
    DateTimeOffset Last)
{
    /// <summary>Where it lies: with its object, and for a Node in <c>default</c>.</summary>
    public string Namespace => About.Namespace.Length > 0 ? About.Namespace : "default";
}
