using System.Net;
using System.Runtime.CompilerServices;
using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Broker.Kubernetes.Client;

/// <summary>The API server through the client library.</summary>
public sealed class KubernetesApi(ClusterConnection connection) : IClusterApi
{
    /// <summary>Objects of one page of a list.</summary>
    private const int PageObjects = 500;

    /// <summary>How long the server is asked to keep a watch open, in seconds.</summary>
    private const int WatchSeconds = 300;

    private readonly k8s.Kubernetes _client = connection.Client;

    /// <inheritdoc/>
    public Task<ClusterList<ObservedCsr>> ListCsrsAsync(string signer, CancellationToken cancellation) =>
        ListAsync<V1CertificateSigningRequestList, V1CertificateSigningRequest, ObservedCsr>(
            next => _client.CertificatesV1.ListCertificateSigningRequestAsync(
                fieldSelector: BySigner(signer),
                limit: PageObjects,
                continueParameter: next,
                cancellationToken: cancellation),
            CsrMapping.Of);

    /// <inheritdoc/>
    public IAsyncEnumerable<ClusterChange<ObservedCsr>> WatchCsrsAsync(
        string signer, string resourceVersion, CancellationToken cancellation) =>
        WatchAsync(
            (onError, token) => _client.CertificatesV1.WatchListCertificateSigningRequestAsync(
                allowWatchBookmarks: true,
                fieldSelector: BySigner(signer),
                resourceVersion: resourceVersion,
                timeoutSeconds: WatchSeconds,
                onError: onError,
                cancellationToken: token),
            CsrMapping.Of,
            cancellation);

    /// <inheritdoc/>
    public Task<ClusterList<NodeObject>> ListNodesAsync(CancellationToken cancellation) =>
        ListAsync<V1NodeList, V1Node, NodeObject>(
            next => _client.CoreV1.ListNodeAsync(
                limit: PageObjects, continueParameter: next, cancellationToken: cancellation),
            NodeMapping.Of);

    /// <inheritdoc/>
    public IAsyncEnumerable<ClusterChange<NodeObject>> WatchNodesAsync(
        string resourceVersion, CancellationToken cancellation) =>
        WatchAsync(
            (onError, token) => _client.CoreV1.WatchListNodeAsync(
                allowWatchBookmarks: true,
                resourceVersion: resourceVersion,
                timeoutSeconds: WatchSeconds,
                onError: onError,
                cancellationToken: token),
            NodeMapping.Of,
            cancellation);

    private static string BySigner(string signer) => $"spec.signerName={signer}";

    private static async Task<ClusterList<T>> ListAsync<TList, TItem, T>(
        Func<string?, Task<TList>> page, Func<TItem, T> map)
        where TList : IItems<TItem>, IMetadata<V1ListMeta>
    {
        var items = new List<T>();
        string? next = null;
        while (true)
        {
            var answer = await GoneAsync(() => page(next)).ConfigureAwait(false);
            items.AddRange(answer.Items.Select(map));
            next = answer.Metadata.ContinueProperty;
            if (string.IsNullOrEmpty(next))
            {
                return new ClusterList<T>(items, answer.Metadata.ResourceVersion);
            }
        }
    }

    private static async IAsyncEnumerable<ClusterChange<T>> WatchAsync<TItem, T>(
        Func<Action<Exception>, CancellationToken, IAsyncEnumerable<(WatchEventType Type, TItem Item)>> open,
        Func<TItem, T> map,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TItem : IMetadata<V1ObjectMeta>
        where T : class
    {
        // A line that cannot be read is told to the callback only; the stream would go on without it.
        Exception? broken = null;
        await using var changes = open(error => broken ??= error, cancellation).GetAsyncEnumerator(cancellation);
        while (await GoneAsync(async () => await changes.MoveNextAsync().ConfigureAwait(false)).ConfigureAwait(false))
        {
            if (broken is not null)
            {
                throw Translate(broken);
            }

            var (type, item) = changes.Current;
            var version = item.Metadata.ResourceVersion;
            yield return type switch
            {
                WatchEventType.Bookmark => new ClusterChange<T>(ChangeKind.Bookmark, null, version),
                WatchEventType.Deleted => new ClusterChange<T>(ChangeKind.Deleted, map(item), version),
                _ => new ClusterChange<T>(ChangeKind.Present, map(item), version),
            };
        }

        if (broken is not null)
        {
            throw Translate(broken);
        }
    }

    private static async Task<T> GoneAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (IsGone(error))
        {
            throw Translate(error);
        }
    }

    private static Exception Translate(Exception error) => IsGone(error)
        ? new VersionGoneException("The API server does not remember that version.", error)
        : new HttpRequestException($"The watch broke: {error.Message}", error);

    private static bool IsGone(Exception error) => error switch
    {
        HttpOperationException http => http.Response?.StatusCode == HttpStatusCode.Gone,
        KubernetesException status => status.Status?.Code == (int)HttpStatusCode.Gone,
        _ => error.InnerException is { } inner && IsGone(inner),
    };
}
