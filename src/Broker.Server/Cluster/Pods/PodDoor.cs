using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Pods;
using Broker.Server.Options;
using Broker.Server.Telemetry;

namespace Broker.Server.Cluster.Pods;

/// <summary>
/// Looks at the pod that a node asks an address for: in the copy that the watch keeps, and only when that lacks it at
/// the API server. What it says of the pod is believed; what the node says is not. While the API server cannot be asked
/// grants go on, with the node's words marked as such.
/// </summary>
internal sealed class PodDoor(
    PodWatch pods, IPodApi api, KubernetesSettings settings, BrokerMetrics metrics, TimeProvider time) : IDisposable
{
    // The plugin waits; the kubelet retries.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // After a failed call nobody waits for another one for so long.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private const int ReadsMax = 16;
    private readonly SemaphoreSlim _reads = new(ReadsMax, ReadsMax);
    private readonly string _annotation = PoolAnnotation.Key(settings.AnnotationPrefix);
    private long _failedAt = long.MinValue;

    public void Dispose() => _reads.Dispose();

    /// <summary>Looks at a pod. What the node says of it has the form that it must have, or is refused later.</summary>
    public ValueTask<PodReading> ReadAsync(NodeName node, PodIdentity named, CancellationToken cancellation)
    {
        if (named.Namespace.Length == 0 || named.Name.Length == 0 || !named.IsWellFormed)
        {
            return new(PodReading.None);
        }

        if (named.Uid.Length == 0)
        {
            // Without its UID nobody can say which pod of that name is meant.
            return new(PodReading.Unverified);
        }

        var key = new PodKey(named.Namespace, named.Name);
        if (pods.Find(key) is { NodeName.Length: > 0 } known && known.Is(named.Uid))
        {
            metrics.PodRead("cache");
            return JudgeAsync(node, named, known, cancellation);
        }

        return ReadLiveAsync(node, named, key, cancellation);
    }

    private async ValueTask<PodReading> ReadLiveAsync(
        NodeName node, PodIdentity named, PodKey key, CancellationToken cancellation)
    {
        var (isRead, pod) = pods.IsForbidden
            ? (false, null)
            : await CallAsync(token => api.ReadPodAsync(key, token), cancellation);
        metrics.PodRead(isRead ? "read" : "failed");
        if (!isRead)
        {
            return PodReading.Unverified;
        }

        if (pod is not null && pod.Is(named.Uid))
        {
            return await JudgeAsync(node, named, pod, cancellation);
        }

        // The mirror of a static pod may come later than the pod, or not at all.
        return StaticPods.MayBe(named.Uid)
            ? PodReading.Unverified
            : PodReading.Refused(RefusalCode.PodUnknown, pod is null
                ? $"The API server has no pod {key}."
                : $"The API server's pod {key} has UID {pod.Uid}, not {named.Uid}.");
    }

    private async ValueTask<PodReading> JudgeAsync(
        NodeName node, PodIdentity named, PodObject pod, CancellationToken cancellation)
    {
        if (pod.NodeName != node.Value)
        {
            var where = pod.NodeName.Length == 0 ? "no node" : $"node {pod.NodeName}";
            return PodReading.Refused(RefusalCode.PodElsewhere, $"Pod {pod.Key} is bound to {where}, not to {node}.");
        }

        if (pod is { Phase: PodPhase.Live, StaticUid: null })
        {
            pods.Greeted.Greet(named.Uid, pod.GraceSeconds);
        }

        var from = $"annotation {_annotation} of pod {pod.Key}";
        var refused = PoolAnnotation.Read(pod.Pools, from, out var pools);
        if (refused is null && pools is null)
        {
            from = $"annotation {_annotation} of namespace {named.Namespace}";
            refused = PoolAnnotation.Read(
                await NamespaceAsync(named.Namespace, cancellation), from, out pools);
        }

        return new PodReading(PodAssurance.Verified, refused, pools, from);
    }

    private async ValueTask<string?> NamespaceAsync(string name, CancellationToken cancellation)
    {
        if (pods.HasNamespaces || pods.AreNamespacesForbidden)
        {
            return pods.PoolsOf(name);
        }

        var (_, found) = await CallAsync(token => api.ReadNamespaceAsync(name, token), cancellation);
        return found?.Pools;
    }

    private async Task<(bool IsRead, T? Answer)> CallAsync<T>(
        Func<CancellationToken, Task<T?>> call, CancellationToken cancellation)
        where T : class
    {
        var failed = Volatile.Read(ref _failedAt);
        if (failed != long.MinValue && time.GetElapsedTime(failed) < Pause)
        {
            return (false, null);
        }

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            await _reads.WaitAsync(either.Token);
            try
            {
                return (true, await call(either.Token));
            }
            finally
            {
                _ = _reads.Release(); // The count before is of no interest.
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancellation.IsCancellationRequested)
        {
            Volatile.Write(ref _failedAt, time.GetTimestamp());
            return (false, null);
        }
    }
}
