using System.Net;
using System.Text.Json;
using Broker.Kubernetes.Namespaces;
using Broker.Kubernetes.Pods;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Broker.Kubernetes.Client;

/// <summary>Pods and namespaces through the client library.</summary>
public sealed class PodApi(ClusterConnection connection, string poolsAnnotation) : IPodApi
{
    private readonly PodMapping _mapping = new(poolsAnnotation);

    /// <inheritdoc/>
    public Task<ClusterList<PodObject>> ListPodsAsync(CancellationToken cancellation) =>
        ListCall.ReadAsync<V1PodList, V1Pod, PodObject>(
            next => connection.Client.CoreV1.ListPodForAllNamespacesAsync(
                limit: ListCall.PageObjects, continueParameter: next, cancellationToken: cancellation),
            _mapping.Of);

    /// <inheritdoc/>
    public IAsyncEnumerable<ClusterChange<PodObject>> WatchPodsAsync(
        string resourceVersion, CancellationToken cancellation) =>
        WatchCall.ReadAsync<V1Pod, PodObject>(
            connection.Client, "api/v1/pods", null, resourceVersion, _mapping.Of, cancellation);

    /// <inheritdoc/>
    public async Task<PodObject?> ReadPodAsync(PodKey key, CancellationToken cancellation)
    {
        var pod = await FindAsync(
            () => connection.Client.CoreV1.ReadNamespacedPodAsync(
                key.Name, key.Namespace, cancellationToken: cancellation),
            "pods",
            key.Name).ConfigureAwait(false);
        return pod is null ? null : _mapping.Of(pod);
    }

    /// <inheritdoc/>
    public Task<ClusterList<NamespaceObject>> ListNamespacesAsync(CancellationToken cancellation) =>
        ListCall.ReadAsync<V1NamespaceList, V1Namespace, NamespaceObject>(
            next => connection.Client.CoreV1.ListNamespaceAsync(
                limit: ListCall.PageObjects, continueParameter: next, cancellationToken: cancellation),
            Of);

    /// <inheritdoc/>
    public IAsyncEnumerable<ClusterChange<NamespaceObject>> WatchNamespacesAsync(
        string resourceVersion, CancellationToken cancellation) =>
        WatchCall.ReadAsync<V1Namespace, NamespaceObject>(
            connection.Client, "api/v1/namespaces", null, resourceVersion, Of, cancellation);

    /// <inheritdoc/>
    public async Task<NamespaceObject?> ReadNamespaceAsync(string name, CancellationToken cancellation)
    {
        var found = await FindAsync(
            () => connection.Client.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancellation),
            "namespaces",
            name).ConfigureAwait(false);
        return found is null ? null : Of(found);
    }

    /// <inheritdoc/>
    public async Task<NodeContact?> ReadNodeAsync(string name, CancellationToken cancellation)
    {
        var node = await FindAsync(
            () => connection.Client.CoreV1.ReadNodeAsync(name, cancellationToken: cancellation), "nodes", name)
            .ConfigureAwait(false);
        return node is null
            ? null
            : new NodeContact(
                node.Metadata?.Uid ?? string.Empty,
                node.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) ?? false);
    }

    /// <summary>
    /// Whether an answer is the API server's own word that there is no object of that kind and name. A proxy's 404, or
    /// that of a path which a server does not have, is not.
    /// </summary>
    internal static bool IsAbsent(HttpStatusCode? code, string? body, string resource, string name)
    {
        if (code != HttpStatusCode.NotFound || string.IsNullOrEmpty(body))
        {
            return false;
        }

        try
        {
            var status = KubernetesJson.Deserialize<V1Status>(body);
            return status is { Kind: "Status", Reason: "NotFound", Details: { } details }
                && details.Kind == resource && details.Name == name;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<T?> FindAsync<T>(Func<Task<T>> read, string resource, string name)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (HttpOperationException error)
            when (IsAbsent(error.Response?.StatusCode, error.Response?.Content, resource, name))
        {
            return null;
        }
    }

    private NamespaceObject Of(V1Namespace item) => new(
        item.Metadata?.Name ?? string.Empty,
        item.Metadata?.Annotations is { } annotations && annotations.TryGetValue(poolsAnnotation, out var pools)
            ? pools
            : null);
}
