using System.Net;
using k8s.Autorest;
using k8s.Models;

namespace Broker.Kubernetes.Client;

/// <summary>One whole list, read page by page.</summary>
internal static class ListCall
{
    /// <summary>Objects of one page.</summary>
    public const int PageObjects = 500;

    /// <summary>All objects, and the version to watch from.</summary>
    /// <param name="page">Asks for the page after a continue token; null for the first.</param>
    /// <param name="map">The client library's object in plain types.</param>
    /// <exception cref="VersionGoneException">The server forgot the version before the last page.</exception>
    public static async Task<ClusterList<T>> ReadAsync<TList, TItem, T>(
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

    private static async Task<T> GoneAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (HttpOperationException error) when (error.Response?.StatusCode == HttpStatusCode.Gone)
        {
            throw new VersionGoneException("The API server does not remember that version.", error);
        }
    }
}
