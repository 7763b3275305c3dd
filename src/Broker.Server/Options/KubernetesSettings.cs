using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Witness;

namespace Broker.Server.Options;

/// <summary>
/// The cluster that is witnessed. A kubeconfig of null means the pod's own service account; <c>Adopts</c>: the first
/// certificate that a Node without one on record shows is taken over.
/// </summary>
internal sealed record KubernetesSettings(
    string? Kubeconfig, bool Adopts, WitnessSettings Witness, string AnnotationPrefix, LeakSettings Leaks);
