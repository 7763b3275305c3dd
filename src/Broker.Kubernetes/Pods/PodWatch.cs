using System.Net;
using System.Runtime.CompilerServices;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Namespaces;
using Broker.Kubernetes.Watching;
using k8s.Autorest;

namespace Broker.Kubernetes.Pods;

/// <summary>
/// Follows the cluster's pods and namespaces, for as long as it runs. Without the right to read them it goes on asking,
/// and knows nothing: whoever asks it is told so.
/// </summary>
public sealed class PodWatch
{
    private readonly IPodApi _api;
    private readonly PodTarget _podTarget = new();
    private readonly NamespaceTarget _namespaceTarget = new();
    private readonly ListWatch<PodObject> _pods;
    private readonly ListWatch<NamespaceObject> _namespaces;
    private volatile bool _podsForbidden;
    private volatile bool _namespacesForbidden;

    public PodWatch(IPodApi api, PodSurroundings around)
    {
        _api = api;
        _pods = new ListWatch<PodObject>(
            new ListSource<PodObject>("pods", ListPodsAsync, WatchPodsAsync),
            _podTarget,
            around.Times,
            around.Time,
            (what, error) =>
            {
                _podsForbidden = IsRefusedRight(error);
                around.Failed(what, error);
            });
        _namespaces = new ListWatch<NamespaceObject>(
            new ListSource<NamespaceObject>("namespaces", ListNamespacesAsync, WatchNamespacesAsync),
            _namespaceTarget,
            around.Times,
            around.Time,
            (what, error) =>
            {
                _namespacesForbidden = IsRefusedRight(error);
                around.Failed(what, error);
            });
    }

    /// <summary>Where pods are taken in, for tests that play the watch.</summary>
    internal PodTarget PodTarget => _podTarget;

    /// <summary>Where namespaces are taken in, for tests that play the watch.</summary>
    internal NamespaceTarget NamespaceTarget => _namespaceTarget;

    /// <summary>Whether the API server refuses the right to read pods.</summary>
    public bool IsForbidden => _podsForbidden;

    /// <summary>Whether it refuses that of namespaces.</summary>
    public bool AreNamespacesForbidden => _namespacesForbidden;

    /// <summary>
    /// When the newest whole list of pods was asked for, on the monotonic clock; null before the first.
    /// </summary>
    public long? ListBegun => _podTarget.ListBegun;

    /// <summary>Whether a whole list of namespaces was seen.</summary>
    public bool HasNamespaces => _namespaceTarget.IsComplete;

    /// <summary>Those that were found alive when they asked for an address.</summary>
    public GreetedPods Greeted { get; } = new();

    /// <summary>The newest version of any pod that was seen by the watch; empty when there is none.</summary>
    public string Version => _podTarget.Version;

    /// <summary>Pods that are known.</summary>
    public int Count => _podTarget.Count;

    /// <summary>The pod of a name, as it was last seen; null when there is none that was seen.</summary>
    public PodObject? Find(PodKey key) => _podTarget.Find(key);

    /// <summary>The annotation of a namespace that chooses pools, or null.</summary>
    public string? PoolsOf(string name) => _namespaceTarget.PoolsOf(name);

    /// <summary>Watches until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll(_pods.RunAsync(cancellation), _namespaces.RunAsync(cancellation));

    /// <summary>Asks for a new list of pods, soon.</summary>
    public void RequestList() => _pods.RequestList();

    /// <summary>The UIDs of all pods that are known: those of the objects, and those that kubelets have.</summary>
    public IReadOnlySet<string> Uids() => _podTarget.Uids();

    /// <summary>Whether an error is the API server's refusal of a right.</summary>
    public static bool IsRefusedRight(Exception error) => error switch
    {
        HttpOperationException http => http.Response?.StatusCode == HttpStatusCode.Forbidden,
        HttpRequestException { StatusCode: HttpStatusCode.Forbidden } => true,
        _ => error.InnerException is { } inner && IsRefusedRight(inner),
    };

    private async Task<ClusterList<PodObject>> ListPodsAsync(CancellationToken cancellation)
    {
        var list = await _api.ListPodsAsync(cancellation).ConfigureAwait(false);
        _podsForbidden = false;
        _podTarget.Version = list.ResourceVersion;
        return list;
    }

    private async Task<ClusterList<NamespaceObject>> ListNamespacesAsync(CancellationToken cancellation)
    {
        var list = await _api.ListNamespacesAsync(cancellation).ConfigureAwait(false);
        _namespacesForbidden = false;
        return list;
    }

    private async IAsyncEnumerable<ClusterChange<PodObject>> WatchPodsAsync(
        string version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in _api.WatchPodsAsync(version, cancellation).ConfigureAwait(false))
        {
            _podsForbidden = false;
            yield return change;
        }
    }

    private async IAsyncEnumerable<ClusterChange<NamespaceObject>> WatchNamespacesAsync(
        string version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in _api.WatchNamespacesAsync(version, cancellation).ConfigureAwait(false))
        {
            _namespacesForbidden = false;
            yield return change;
        }
    }
}
