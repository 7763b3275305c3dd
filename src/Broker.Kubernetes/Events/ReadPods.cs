using Broker.Core.Names;

namespace Broker.Kubernetes.Events;

/// <summary>
/// Whether a pod that a node names is one that the API has bound to that node. Kept for some seconds, so that a node
/// that asks again and again costs the API server nothing. Not safe for several threads.
/// </summary>
internal sealed class ReadPods(IEventApi api, TokenBucket calls, EventLimits limits, TimeProvider time)
{
    private readonly Dictionary<(NodeName Node, PodIdentity Pod), (NoticeObject? Found, long At)> _read = [];

    /// <summary>
    /// The pod; no object when it is not that node's; nothing at all (false) when it may not be asked for now.
    /// </summary>
    public async Task<(bool Known, NoticeObject? Pod)> FindAsync(
        NodeName node, PodIdentity claimed, CancellationToken cancellation)
    {
        if (_read.TryGetValue((node, claimed), out var kept) && time.GetElapsedTime(kept.At) < limits.PodKept)
        {
            return (true, kept.Found);
        }

        if (!calls.TryTake())
        {
            return (false, null);
        }

        var pod = await api.FindPodAsync(claimed.Namespace, claimed.Name, cancellation).ConfigureAwait(false);
        var found = pod is not null && pod.NodeName == node.Value
            && (claimed.Uid.Length == 0 || claimed.Uid == pod.Uid)
                ? NoticeObject.Pod(claimed.Namespace, claimed.Name, pod.Uid)
                : null;
        if (_read.Count >= limits.ObjectsMax)
        {
            _read.Clear();
        }

        _read[(node, claimed)] = (found, time.GetTimestamp());
        return (true, found);
    }
}
