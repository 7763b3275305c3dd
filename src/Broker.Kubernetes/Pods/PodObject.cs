namespace Broker.Kubernetes.Pods;

/// <summary>A pod of the cluster, in plain types and as little of it as is needed: there may be 100,000.</summary>
/// <param name="Key">Namespace and name.</param>
/// <param name="Uid">The object's UID.</param>
/// <param name="NodeName">The node that it is bound to, for good; empty before.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="StaticUid">
/// Of a mirror pod: the UID that the kubelet itself has for the static pod, which is the one that a CNI plugin is told.
/// </param>
/// <param name="GraceSeconds">How long its containers may take to end.</param>
/// <param name="Pools">The value of the annotation that chooses pools.</param>
/// <param name="ResourceVersion">The version that was read.</param>
public sealed record PodObject(
    PodKey Key,
    string Uid,
    string NodeName,
    PodPhase Phase,
    string? StaticUid,
    int GraceSeconds,
    string? Pools,
    string ResourceVersion)
{
    /// <summary>Whether this is the pod that a plugin was told the UID of.</summary>
    public bool Is(string uid) => Uid == uid || StaticUid == uid;
}
