using Broker.Core.Names;

namespace Broker.Kubernetes.Events;

/// <summary>
/// Something that whoever looks at a pod or a Node should be told. The pod is what the node claims: it is believed
/// only when the API says the same.
/// </summary>
/// <param name="Node">Whom it is about, and who asked.</param>
/// <param name="Pod">The pod that it was asked for; <see cref="PodIdentity.None"/> for the Node itself.</param>
/// <param name="Reason">A word in the form of Kubernetes, such as <c>PoolExhausted</c>.</param>
/// <param name="Message">What happened, and what to do; no secret, and nothing that a caller wrote.</param>
public sealed record ClusterNotice(NodeName Node, PodIdentity Pod, string Reason, string Message);
