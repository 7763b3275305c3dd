using k8s.Models;

namespace Broker.Kubernetes.Pods;

/// <summary>
/// The client library's pod in plain types; the rest of it is let go. What many pods have in common is kept once.
/// </summary>
internal sealed class PodMapping(string poolsAnnotation)
{
    /// <summary>Kubernetes' default, for a pod that does not say.</summary>
    private const int GraceSecondsDefault = 30;

    private const string Mirror = "kubernetes.io/config.mirror";

    public PodObject Of(V1Pod pod)
    {
        var metadata = pod.Metadata ?? new V1ObjectMeta();
        var annotations = metadata.Annotations;
        return new PodObject(
            new PodKey(Common(metadata.NamespaceProperty), metadata.Name ?? string.Empty),
            metadata.Uid ?? string.Empty,
            Common(pod.Spec?.NodeName),
            PhaseOf(pod.Status?.Phase),
            annotations is not null && annotations.TryGetValue(Mirror, out var hash) ? hash : null,
            Seconds(metadata.DeletionGracePeriodSeconds, pod.Spec?.TerminationGracePeriodSeconds),
            annotations is not null && annotations.TryGetValue(poolsAnnotation, out var pools) ? Common(pools) : null,
            metadata.ResourceVersion ?? string.Empty);
    }

    // Namespaces, nodes and pool lists come back in every pod: few values, bounded by the cluster's own objects.
    private static string Common(string? text) => string.IsNullOrEmpty(text) ? string.Empty : string.Intern(text);

    private static PodPhase PhaseOf(string? phase) => phase switch
    {
        "Succeeded" => PodPhase.Succeeded,
        "Failed" => PodPhase.Failed,
        _ => PodPhase.Live,
    };

    // The longer of the two: a deletion by force says zero, and the kubelet still takes the pod's own time.
    private static int Seconds(long? deletion, long? own) =>
        (int)Math.Clamp(Math.Max(deletion ?? 0, own ?? GraceSecondsDefault), 0, int.MaxValue);
}
