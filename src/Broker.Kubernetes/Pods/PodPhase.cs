namespace Broker.Kubernetes.Pods;

/// <summary>How far a pod is, as far as it matters here.</summary>
public enum PodPhase
{
    /// <summary>Pending, running or unknown: it may use its address.</summary>
    Live = 0,

    /// <summary>All its containers ended well, for good.</summary>
    Succeeded = 1,

    /// <summary>All its containers ended, one of them badly, for good.</summary>
    Failed = 2,
}
