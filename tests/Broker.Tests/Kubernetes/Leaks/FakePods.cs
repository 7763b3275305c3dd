using System.Runtime.CompilerServices;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Namespaces;
using Broker.Kubernetes.Pods;

namespace Broker.Tests.Kubernetes.Leaks;

/// <summary>The API server's pods as a table: what a read finds is what stands there at the time.</summary>
internal sealed class FakePods : IPodApi
{
    public Dictionary<PodKey, PodObject> Pods { get; } = [];

    public Dictionary<string, NodeContact> Nodes { get; } = [];

    public Dictionary<string, NamespaceObject> Namespaces { get; } = [];

    /// <summary>Thrown by every read while it is set.</summary>
    public Exception? Failure { get; set; }

    public int Reads { get; private set; }

    public Task<ClusterList<PodObject>> ListPodsAsync(CancellationToken cancellation) =>
        Answer(new ClusterList<PodObject>([.. Pods.Values], "100"));

    public Task<PodObject?> ReadPodAsync(PodKey key, CancellationToken cancellation)
    {
        Reads++;
        return Answer(Pods.GetValueOrDefault(key));
    }

    public Task<ClusterList<NamespaceObject>> ListNamespacesAsync(CancellationToken cancellation) =>
        Answer(new ClusterList<NamespaceObject>([.. Namespaces.Values], "100"));

    public Task<NamespaceObject?> ReadNamespaceAsync(string name, CancellationToken cancellation)
    {
        Reads++;
        return Answer(Namespaces.GetValueOrDefault(name));
    }

    public Task<NodeContact?> ReadNodeAsync(string name, CancellationToken cancellation) =>
        Answer(Nodes.GetValueOrDefault(name));

    public IAsyncEnumerable<ClusterChange<PodObject>> WatchPodsAsync(
        string resourceVersion, CancellationToken cancellation) => SilentAsync<PodObject>(cancellation);

    public IAsyncEnumerable<ClusterChange<NamespaceObject>> WatchNamespacesAsync(
        string resourceVersion, CancellationToken cancellation) => SilentAsync<NamespaceObject>(cancellation);

    private static async IAsyncEnumerable<ClusterChange<T>> SilentAsync<T>(
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        yield break;
    }

    private Task<T> Answer<T>(T answer) =>
        Failure is { } failure ? Task.FromException<T>(failure) : Task.FromResult(answer);
}
