using System.Collections.Concurrent;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;

namespace Broker.Kubernetes.Nodes;

/// <summary>
/// Follows the cluster's Nodes. One is gone by its own delete event, or when two lists some time apart lack it; and
/// when more than a tenth go at once, none of them counts until an operator has looked.
/// </summary>
internal sealed class NodeTarget(
    IWitnessLedger ledger, WatchTimes times, TimeProvider time, Action<WitnessWarning> warn) : IListTarget<NodeObject>
{
    private readonly ConcurrentDictionary<string, NodeObject> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeUid, (long Begun, Observation Look)> _missing = [];
    private readonly LossGuard _losses = new(time);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Told when Nodes came, changed what others follow, or went.</summary>
    public Action Changed { get; init; } = () => { };

    /// <summary>All Nodes, as they were last seen.</summary>
    public IReadOnlyCollection<NodeObject> Nodes => [.. _nodes.Values];

    /// <summary>Completes with the first list.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The Node of a name, as it was last seen.</summary>
    public ObservedNode? Find(NodeName name) =>
        _nodes.TryGetValue(name.Value, out var node) ? Of(node) : null;

    public async Task<TimeSpan?> ListedAsync(ListSeen<NodeObject> seen, CancellationToken cancellation)
    {
        var listed = seen.Items.ToDictionary(node => node.Name, StringComparer.Ordinal);
        foreach (var name in _nodes.Keys.Where(name => !listed.ContainsKey(name)))
        {
            _ = _nodes.TryRemove(name, out _); // Whether it is gone is decided below.
        }

        foreach (var node in seen.Items)
        {
            _nodes[node.Name] = node;
            await BindAsync(node).ConfigureAwait(false);
        }

        var waits = await LoseMissingAsync(listed, seen.Begun).ConfigureAwait(false);
        _ = _ready.TrySetResult(); // It was ready before, or is now.
        Changed();
        return waits ? times.NodeGone : null;
    }

    public async Task ChangedAsync(ClusterChange<NodeObject> change, CancellationToken cancellation)
    {
        var node = change.Item!;
        if (change.Kind == ChangeKind.Deleted)
        {
            _ = _nodes.TryRemove(node.Name, out _); // Whoever has the name now is told of by an event of its own.
            var look = new Observation(
                Instant.From(time.GetUtcNow()), EvidenceSource.Cache, EvidenceSight.Absent, change.ResourceVersion);
            await LoseAsync([new LostNode(node.Name, node.Uid, look, null, null)]).ConfigureAwait(false);
            Changed();
            return;
        }

        // A kubelet changes its Node every few seconds; only another UID is news to the ledger.
        var before = _nodes.GetValueOrDefault(node.Name);
        _nodes[node.Name] = node;
        if (before?.Uid != node.Uid)
        {
            await BindAsync(node).ConfigureAwait(false);
        }

        if (before?.Uid != node.Uid || !before.PodCidrs.SequenceEqual(node.PodCidrs)
            || !before.InternalIps.SequenceEqual(node.InternalIps))
        {
            Changed();
        }
    }

    private async Task<bool> LoseMissingAsync(Dictionary<string, NodeObject> listed, long begun)
    {
        var gone = new List<LostNode>();
        var missing = new HashSet<NodeUid>();
        foreach (var known in await ledger.NodesAsync().ConfigureAwait(false))
        {
            // Another UID under the name fences by being bound; what a fenced node holds is another question.
            var other = listed.GetValueOrDefault(known.Node.Value);
            if (other is not null && (other.Uid == known.Uid.Value || known.Standing != Standing.Fenced))
            {
                continue;
            }

            _ = missing.Add(known.Uid); // Names are unique, and so are their UIDs.
            var look = new Observation(
                Instant.From(time.GetUtcNow()),
                EvidenceSource.Cache,
                other is null ? EvidenceSight.Absent : EvidenceSight.OtherUid,
                null,
                other?.Uid);
            if (_missing.TryAdd(known.Uid, (begun, look)))
            {
                continue;
            }

            var apart = time.GetElapsedTime(_missing[known.Uid].Begun, begun);
            if (apart >= times.NodeGone)
            {
                gone.Add(new LostNode(
                    known.Node.Value, known.Uid.Value, _missing[known.Uid].Look, look, (long)apart.TotalSeconds));
            }
        }

        foreach (var back in _missing.Keys.Where(uid => !missing.Contains(uid)).ToList())
        {
            _ = _missing.Remove(back); // It was just found there.
        }

        await LoseAsync(gone).ConfigureAwait(false);
        return missing.Count > gone.Count;
    }

    private async Task LoseAsync(List<LostNode> gone)
    {
        if (gone.Count == 0)
        {
            return;
        }

        if (!_losses.Allows(gone.Count, _nodes.Count))
        {
            warn(new WitnessWarning(
                "nodes_vanished",
                gone[0].Name,
                $"{gone.Count} more of {_nodes.Count} Nodes are gone at once: none is fenced for it. If they are "
                + "gone for good, fence them: POST /v1/nodes/NAME/fence."));
            return;
        }

        foreach (var node in gone)
        {
            if (NodeName.TryParse(node.Name, out var name) && NodeUid.TryParse(node.Uid, out var uid))
            {
                await ledger.LoseAsync(new LoseNode(name, uid)).ConfigureAwait(false);
                var evidence = new Evidence(
                    EvidenceKind.NodeDeleted, uid.Value, node.First, node.Second, node.ApartSeconds);
                await ledger.ReclaimAsync(name, evidence, Find(name)).ConfigureAwait(false);
                if (_nodes.TryGetValue(node.Name, out var again))
                {
                    // The name may have waited for what was held under the UID before.
                    await BindAsync(again).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task BindAsync(NodeObject node)
    {
        if (Of(node) is { } observed)
        {
            await ledger.BindAsync(new BindNode(observed)).ConfigureAwait(false);
        }
    }

    private static ObservedNode? Of(NodeObject node) =>
        NodeName.TryParse(node.Name, out var name) && NodeUid.TryParse(node.Uid, out var uid)
            ? new ObservedNode(name, uid, Instant.From(node.Created))
            : null;
}
