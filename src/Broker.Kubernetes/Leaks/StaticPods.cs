namespace Broker.Kubernetes.Leaks;

/// <summary>
/// Static pods live on their node, whatever the API server has: a kubelet names one by a hash of its manifest, and the
/// API server has a mirror of it with a UID of its own, or none. Source: kubelet, <c>pkg/kubelet/config/common.go</c>.
/// </summary>
public static class StaticPods
{
    /// <summary>Whether a UID is not one that an API server gives: those are UUIDs with hyphens.</summary>
    public static bool MayBe(string uid) => !Guid.TryParseExact(uid, "D", out _);
}
