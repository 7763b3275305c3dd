using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Pods;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Microsoft.Extensions.Time.Testing;

namespace Broker.Tests.Kubernetes.Leaks;

/// <summary>Leases, the copy of the pods that a watch would keep, the API server behind it, and a clock.</summary>
internal sealed class LeakWorld : ILeakLedger
{
    public const string NodeUidText = "node-uid-1";

    private readonly LeakSettings _settings;
    private readonly List<PodLease> _leases = [];
    private long _position = 10;

    public LeakWorld(LeakSettings? settings = null)
    {
        _settings = settings ?? new LeakSettings();
        Wall = new SteppedWall(Time);
        Api.Nodes["node-a"] = new NodeContact(NodeUidText, true);
        Restart();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The same clock, whose wall time a test may set.</summary>
    public SteppedWall Wall { get; }

    public FakePods Api { get; } = new();

    public PodWatch Pods { get; private set; } = null!;

    public LeakWatch Leaks { get; private set; } = null!;

    public List<ReclaimLease> Reclaims { get; } = [];

    public List<WitnessWarning> Warnings { get; } = [];

    public List<Exception> Failures { get; } = [];

    public IReadOnlyList<PodLease> Leases() => [.. _leases];

    public Task<int> ReclaimAsync(ReclaimLease command)
    {
        Reclaims.Add(command);
        return Task.FromResult(_leases.RemoveAll(lease => lease.Attachment == command.Attachment));
    }

    /// <summary>Another process: what was seen is forgotten, and every lease is known from now on.</summary>
    public void Restart()
    {
        Pods = new PodWatch(Api, new PodSurroundings(Time, new WatchTimes(), (_, error) => Failures.Add(error)));
        Leaks = new LeakWatch(
            Pods, Api, this, _settings,
            new LeakSurroundings(Wall, (_, error) => Failures.Add(error), Warnings.Add));
        for (var i = 0; i < _leases.Count; i++)
        {
            _leases[i] = _leases[i] with { Known = Time.GetTimestamp() };
        }
    }

    /// <summary>A lease of a pod by the UID that the plugin was told.</summary>
    public PodLease Lease(string name, string uid)
    {
        var attachment = new Attachment(NodeUid.Parse(NodeUidText), "net", "c-" + _position, "eth0");
        var lease = new PodLease(
            _position++, NodeName.Parse("node-a"), attachment, new PodKey("ns", name), uid, Time.GetTimestamp());
        _leases.Add(lease);
        return lease;
    }

    /// <summary>A pod that runs, with its lease; the watch has seen neither.</summary>
    public (PodObject Pod, PodLease Lease) Run(string name, int grace = 30)
    {
        var pod = Pod(name, grace);
        Api.Pods[pod.Key] = pod;
        return (pod, Lease(name, pod.Uid));
    }

    public static PodObject Pod(string name, int grace = 30) => new(
        new PodKey("ns", name), Guid.NewGuid().ToString(), "node-a", PodPhase.Live, null, grace, null, "7");

    /// <summary>The watch lists anew: what the API server has now, begun now.</summary>
    public async Task ListAsync(long? begun = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1)); // A list that is begun later than the lease is.
        _ = await Pods.PodTarget.ListedAsync(
            new ListSeen<PodObject>([.. Api.Pods.Values], begun ?? Time.GetTimestamp(), null), default);
    }

    /// <summary>The watch brings a change.</summary>
    public Task ChangeAsync(ChangeKind kind, PodObject pod) =>
        Pods.PodTarget.ChangedAsync(new ClusterChange<PodObject>(kind, pod, "9"), default);

    /// <summary>The pod is gone, for the API server and the watch alike.</summary>
    public Task DeleteAsync(PodObject pod)
    {
        _ = Api.Pods.Remove(pod.Key); // A test may have put another one there before.
        return ChangeAsync(ChangeKind.Deleted, pod);
    }

    /// <summary>Time goes on, with sweeps every ten seconds.</summary>
    public async Task PassAsync(int seconds)
    {
        for (var left = seconds; left > 0; left -= 10)
        {
            Time.Advance(TimeSpan.FromSeconds(Math.Min(10, left)));
            await Leaks.SweepAsync(default);
        }
    }

    public Task SweepAsync() => Leaks.SweepAsync(default);
}
