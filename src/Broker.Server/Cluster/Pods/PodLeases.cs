using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Journal.Writing;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Pods;

namespace Broker.Server.Cluster.Pods;

/// <summary>
/// The live leases that name a pod, kept from the durable events, so that looking at all of them costs the writer's
/// loop nothing.
/// </summary>
internal sealed class PodLeases(TimeProvider time) : IDurableObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, PodLease> _leases = [];

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        lock (_gate)
        {
            for (var i = 0; i < facts.Count; i++)
            {
                Apply(first + i, facts[i].Event);
            }
        }
    }

    public IReadOnlyList<PodLease> Read()
    {
        lock (_gate)
        {
            return [.. _leases.Values];
        }
    }

    private void Apply(long position, LedgerEvent e)
    {
        switch (e)
        {
            case LeaseGranted { Pod: { Uid.Length: > 0, Name.Length: > 0, Namespace.Length: > 0 } pod } granted:
                _leases.Add(position, new PodLease(
                    position, granted.Node, granted.Attachment, new PodKey(pod.Namespace, pod.Name), pod.Uid,
                    time.GetTimestamp()));
                break;
            case LeaseReleased released:
                _ = _leases.Remove(released.Granted); // One without a pod is not there.
                break;
            case LeaseReclaimed reclaimed:
                _ = _leases.Remove(reclaimed.Granted); // One without a pod is not there.
                break;
            default:
                break;
        }
    }
}
