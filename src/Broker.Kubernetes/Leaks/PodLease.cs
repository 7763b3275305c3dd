using Broker.Core.Names;
using Broker.Kubernetes.Pods;

namespace Broker.Kubernetes.Leaks;

/// <summary>A live lease of a pod.</summary>
/// <param name="Position">The position of its grant.</param>
/// <param name="Node">The node that holds it.</param>
/// <param name="Attachment">What holds it.</param>
/// <param name="Pod">What the pod is called.</param>
/// <param name="Uid">The pod's UID as the plugin was told it.</param>
/// <param name="Known">Since when this process knows of it, on the monotonic clock: not before the grant.</param>
public sealed record PodLease(
    long Position, NodeName Node, Attachment Attachment, PodKey Pod, string Uid, long Known);
