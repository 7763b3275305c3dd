using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Time;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Pods;
using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.Leaks;

/// <summary>
/// Ends leases whose pod is gone or has ended and whose node never said so. Two looks decide: the copy that the watch
/// keeps, and a read of that one pod from the API server, at least a minute and the pod's own grace period later, while
/// the node's kubelet is heard. Whatever fails in between ends nothing.
/// </summary>
public sealed class LeakWatch(
    PodWatch pods, IPodApi api, ILeakLedger ledger, LeakSettings settings, LeakSurroundings around)
{
    private readonly Dictionary<long, Suspect> _suspects = [];
    private readonly Dictionary<long, int> _seenAlive = [];
    private readonly HashSet<long> _static = [];
    private readonly ShareGuard _share = new(settings, around.Time);

    /// <summary>Leases whose pod was not there at one look.</summary>
    public int Suspected { get; private set; }

    /// <summary>Whether so many are without a pod that none is reclaimed.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>Looks from time to time, until cancelled.</summary>
    /// <exception cref="RecordStoppedException">The ledger takes nothing more.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(settings.Sweep, around.Time);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            await SweepAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>One round over all leases.</summary>
    internal async Task SweepAsync(CancellationToken cancellation)
    {
        // The time of the list first: what the copy lacks after it was not there.
        if (pods.ListBegun is not { } listBegun || pods.IsForbidden)
        {
            return;
        }

        var leases = ledger.Leases();
        Forget(leases);
        Look(leases, listBegun);
        Suspected = _suspects.Count;
        var due = _suspects.Values
            .Where(suspect => around.Time.GetElapsedTime(suspect.Since) >= suspect.Wait)
            .OrderBy(suspect => suspect.Since)
            .ToList();
        if (due.Count == 0)
        {
            IsHolding = false;
        }
        else if (MayGo(due[0], leases.Count))
        {
            await ReclaimAsync(due, cancellation).ConfigureAwait(false);
        }
    }

    private void Forget(IReadOnlyList<PodLease> leases)
    {
        var live = leases.Select(lease => lease.Position).ToHashSet();
        foreach (var ended in _suspects.Keys.Where(position => !live.Contains(position)).ToList())
        {
            _ = _suspects.Remove(ended); // It was just found there.
        }

        foreach (var ended in _seenAlive.Keys.Where(position => !live.Contains(position)).ToList())
        {
            _ = _seenAlive.Remove(ended); // It was just found there.
        }

        _ = _static.RemoveWhere(position => !live.Contains(position)); // How many is of no interest.
    }

    private void Look(IReadOnlyList<PodLease> leases, long listBegun)
    {
        IReadOnlySet<string>? uids = null;
        var greeted = pods.Greeted.Sweep();
        foreach (var lease in leases)
        {
            if (StaticPods.MayBe(lease.Uid) || _static.Contains(lease.Position))
            {
                continue;
            }

            if (greeted(lease.Uid) is { } graceSeconds)
            {
                _seenAlive[lease.Position] = graceSeconds;
            }

            var pod = pods.Find(lease.Pod);
            if (pod is not null && pod.Is(lease.Uid))
            {
                LookAt(lease, pod);
                continue;
            }

            // A lease that is younger than the list may belong to a pod that is.
            if (_suspects.ContainsKey(lease.Position)
                || (!_seenAlive.ContainsKey(lease.Position) && listBegun <= lease.Known))
            {
                continue;
            }

            // The name is the node's word, and a UID lives under one name only.
            uids ??= pods.Uids();
            if (!uids.Contains(lease.Uid))
            {
                Note(lease, pod is null
                    ? Saw(EvidenceSource.Cache, EvidenceSight.Absent, pods.Version)
                    : Saw(EvidenceSource.Cache, EvidenceSight.OtherUid, pod.ResourceVersion, pod.Uid));
            }
        }
    }

    private void LookAt(PodLease lease, PodObject pod)
    {
        if (pod.StaticUid is not null)
        {
            _ = _static.Add(lease.Position); // Its mirror may come and go from now on.
        }
        else if (pod.Phase == PodPhase.Live)
        {
            _seenAlive[lease.Position] = pod.GraceSeconds;
            _ = _suspects.Remove(lease.Position); // It was suspected wrongly, or not at all.
        }
        else if (!_suspects.ContainsKey(lease.Position))
        {
            _seenAlive[lease.Position] = pod.GraceSeconds;
            Note(lease, Saw(EvidenceSource.Cache, SightOf(pod), pod.ResourceVersion));
        }
    }

    private void Note(PodLease lease, Observation first)
    {
        var wait = settings.ApartUnseen;
        if (_seenAlive.TryGetValue(lease.Position, out var grace))
        {
            var ends = TimeSpan.FromSeconds(grace) + settings.GraceSlack;
            wait = ends > settings.Apart ? ends : settings.Apart;
        }

        _suspects[lease.Position] = new Suspect(lease, first, around.Time.GetTimestamp(), wait);
    }

    private bool MayGo(Suspect first, int leases)
    {
        var allowed = _share.Allows(_suspects.Count, leases);
        if (!allowed && !IsHolding)
        {
            around.Warn(new WitnessWarning(
                "pods_vanished",
                first.Lease.Pod.ToString(),
                $"{_suspects.Count} of {leases} leases have no pod at once: none is reclaimed. See whether the broker "
                + "watches the right cluster; if they are gone for good, raise kubernetes:reclaimPercentMax."));
        }

        IsHolding = !allowed;
        return allowed;
    }

    private async Task ReclaimAsync(List<Suspect> due, CancellationToken cancellation)
    {
        var nodes = new Dictionary<string, NodeContact?>(StringComparer.Ordinal);
        var reads = 0;
        foreach (var suspect in due)
        {
            try
            {
                if (await IsHeardAsync(suspect.Lease, nodes, cancellation).ConfigureAwait(false))
                {
                    await ReclaimAsync(suspect, cancellation).ConfigureAwait(false);
                    reads++;
                }

                if (reads == settings.SweepMax)
                {
                    return;
                }
            }
            catch (Exception error) when (error is not (RecordStoppedException or OutOfMemoryException)
                && !cancellation.IsCancellationRequested)
            {
                // The API server cannot be asked: that is no look at all, and the next one would fare no better.
                around.Failed("pods", error);
                return;
            }
        }
    }

    // A kubelet that is not heard may run a pod that it was not told the end of. One that is heard after the first look
    // was told: a Node is called ready for at most 50 seconds after its last word.
    private async Task<bool> IsHeardAsync(
        PodLease lease, Dictionary<string, NodeContact?> nodes, CancellationToken cancellation)
    {
        if (!nodes.TryGetValue(lease.Node.Value, out var node))
        {
            node = await ReadAsync(token => api.ReadNodeAsync(lease.Node.Value, token), cancellation)
                .ConfigureAwait(false);
            nodes.Add(lease.Node.Value, node);
        }

        return node is { IsReady: true } && node.Uid == lease.Attachment.Node.Value;
    }

    private async Task ReclaimAsync(Suspect suspect, CancellationToken cancellation)
    {
        var lease = suspect.Lease;
        var pod = await ReadAsync(token => api.ReadPodAsync(lease.Pod, token), cancellation).ConfigureAwait(false);
        if (Second(suspect, pod) is not { } evidence)
        {
            // The copy was wrong, or is behind: it begins anew, with another first look.
            _ = _suspects.Remove(lease.Position); // It is there: it was due.
            return;
        }

        // Not cancelled any more: what was decided is recorded.
        var ended = await ledger.ReclaimAsync(new ReclaimLease(lease.Attachment, lease.Position, evidence))
            .ConfigureAwait(false);
        for (var i = 0; i < ended; i++)
        {
            _share.Count();
        }

        _ = _suspects.Remove(lease.Position); // It is there: it was due.
        Suspected = _suspects.Count;
    }

    private Evidence? Second(Suspect suspect, PodObject? pod)
    {
        var hadEnded = suspect.First.Seen is EvidenceSight.Succeeded or EvidenceSight.Failed;
        var isSame = pod is not null && pod.Is(suspect.Lease.Uid);
        if (isSame && (pod!.Phase == PodPhase.Live || pod.StaticUid is not null || !hadEnded))
        {
            return null;
        }

        var second = pod switch
        {
            null => Saw(EvidenceSource.Read, EvidenceSight.Absent, null),
            _ when isSame => Saw(EvidenceSource.Read, SightOf(pod), pod.ResourceVersion),
            _ => Saw(EvidenceSource.Read, EvidenceSight.OtherUid, pod.ResourceVersion, pod.Uid),
        };
        return new Evidence(
            isSame ? EvidenceKind.PodEnded : EvidenceKind.PodGone,
            suspect.Lease.Uid,
            suspect.First,
            second,
            (long)around.Time.GetElapsedTime(suspect.Since).TotalSeconds);
    }

    private async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(settings.ReadDeadline, around.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        return await read(either.Token).ConfigureAwait(false);
    }

    private Observation Saw(EvidenceSource source, EvidenceSight seen, string? version, string? uid = null) => new(
        Instant.From(around.Time.GetUtcNow()), source, seen, string.IsNullOrEmpty(version) ? null : version, uid);

    private static EvidenceSight SightOf(PodObject pod) =>
        pod.Phase == PodPhase.Succeeded ? EvidenceSight.Succeeded : EvidenceSight.Failed;
}
