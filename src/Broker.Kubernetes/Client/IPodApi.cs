using Broker.Kubernetes.Namespaces;
using Broker.Kubernetes.Pods;

namespace Broker.Kubernetes.Client;

/// <summary>
/// What is asked of an API server about pods. Rights: get, list and watch of pods and namespaces, get of nodes. Every
/// call may throw when the server cannot be reached.
/// </summary>
public interface IPodApi
{
    /// <summary>All pods, by a consistent read.</summary>
    Task<ClusterList<PodObject>> ListPodsAsync(CancellationToken cancellation);

    /// <summary>What changes after a version; ends when the server closes the stream.</summary>
    /// <exception cref="VersionGoneException">The server knows that version no more.</exception>
    IAsyncEnumerable<ClusterChange<PodObject>> WatchPodsAsync(string resourceVersion, CancellationToken cancellation);

    /// <summary>
    /// The pod as it is now, by a consistent read; null only when the API server itself says that there is none of that
    /// name. Any other answer throws.
    /// </summary>
    Task<PodObject?> ReadPodAsync(PodKey key, CancellationToken cancellation);

    /// <summary>All namespaces, by a consistent read.</summary>
    Task<ClusterList<NamespaceObject>> ListNamespacesAsync(CancellationToken cancellation);

    /// <summary>What changes after a version; ends when the server closes the stream.</summary>
    /// <exception cref="VersionGoneException">The server knows that version no more.</exception>
    IAsyncEnumerable<ClusterChange<NamespaceObject>> WatchNamespacesAsync(
        string resourceVersion, CancellationToken cancellation);

    /// <summary>The namespace as it is now; null when there is none.</summary>
    Task<NamespaceObject?> ReadNamespaceAsync(string name, CancellationToken cancellation);

    /// <summary>The Node as it is now; null when there is none.</summary>
    Task<NodeContact?> ReadNodeAsync(string name, CancellationToken cancellation);
}
