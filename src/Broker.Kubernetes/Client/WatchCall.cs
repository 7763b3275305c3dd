using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Broker.Kubernetes.Client;

/// <summary>
/// One watch, read line by line. The client library's own begins with the first change and not with the answer, calls a
/// watch that brought none a failure, tells a broken line to a callback and goes on, and leaves the stream open when it
/// is cancelled before the first change.
/// </summary>
internal static class WatchCall
{
    /// <summary>How long the server is asked to keep a watch open, in seconds.</summary>
    private const int WatchSeconds = 300;

    /// <summary>Longest line, in bytes; an object is at most 1.5 MiB in etcd.</summary>
    private const int LineBytesMax = 8 * 1024 * 1024;

    /// <summary>
    /// What changes after a version, with a bookmark of that version as soon as the server has taken the watch; ends
    /// when the server closes it.
    /// </summary>
    /// <param name="client">The way to the server.</param>
    /// <param name="path">The path of the objects, without a slash in front.</param>
    /// <param name="fieldSelector">Which of them; null for all.</param>
    /// <param name="version">The version to resume after.</param>
    /// <param name="map">The client library's object in plain types.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <typeparam name="TItem">The client library's object.</typeparam>
    /// <typeparam name="T">The same in plain types.</typeparam>
    /// <exception cref="VersionGoneException">The server knows that version no more.</exception>
    public static async IAsyncEnumerable<ClusterChange<T>> ReadAsync<TItem, T>(
        k8s.Kubernetes client,
        string path,
        string? fieldSelector,
        string version,
        Func<TItem, T> map,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TItem : IMetadata<V1ObjectMeta>
        where T : class
    {
        using var answer = await OpenAsync(client, path, fieldSelector, version, cancellation).ConfigureAwait(false);
        yield return new ClusterChange<T>(ChangeKind.Bookmark, null, version);
        var stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var lines = PipeReader.Create(stream);
        try
        {
            while (await ReadLineAsync(lines, cancellation).ConfigureAwait(false) is { } line)
            {
                yield return Change(line, map);
            }
        }
        finally
        {
            // The stream goes with it: a server that is not read any more is told so.
            await lines.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static async Task<HttpResponseMessage> OpenAsync(
        k8s.Kubernetes client, string path, string? fieldSelector, string version, CancellationToken cancellation)
    {
        var selected = fieldSelector is null ? string.Empty : $"&fieldSelector={Uri.EscapeDataString(fieldSelector)}";
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"watch=true&allowWatchBookmarks=true&timeoutSeconds={WatchSeconds}&resourceVersion={version}{selected}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseUri, $"{path}?{query}"))
        {
            Version = HttpVersion.Version20,
        };
        if (client.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellation).ConfigureAwait(false);
        }

        var answer = await client.HttpClient.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw Failure((int)answer.StatusCode, answer.ReasonPhrase);
        }
    }

    /// <summary>The next line without its end, or null after the last.</summary>
    private static async Task<byte[]?> ReadLineAsync(PipeReader lines, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await lines.ReadAsync(cancellation).ConfigureAwait(false);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                lines.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted)
            {
                // Half a line is none: the connection broke in it, and the watch resumes before it.
                return null;
            }

            if (read.Buffer.Length > LineBytesMax)
            {
                throw new HttpRequestException($"The API server sent a line of more than {LineBytesMax} bytes.");
            }

            lines.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ClusterChange<T> Change<TItem, T>(byte[] line, Func<TItem, T> map)
        where TItem : IMetadata<V1ObjectMeta>
        where T : class
    {
        try
        {
            using var change = JsonDocument.Parse(line);
            var type = change.RootElement.GetProperty("type").GetString();
            var item = change.RootElement.GetProperty("object");
            if (type == "ERROR")
            {
                var status = KubernetesJson.Deserialize<V1Status>(item.GetRawText());
                throw Failure(status.Code ?? 0, status.Message ?? status.Reason);
            }

            if (type == "BOOKMARK")
            {
                var at = item.GetProperty("metadata").GetProperty("resourceVersion").GetString()!;
                return new ClusterChange<T>(ChangeKind.Bookmark, null, at);
            }

            var read = KubernetesJson.Deserialize<TItem>(item.GetRawText());
            var now = read.Metadata?.ResourceVersion ?? throw new JsonException("The object has no version.");
            return new ClusterChange<T>(
                type == "DELETED" ? ChangeKind.Deleted : ChangeKind.Present, map(read), now);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HttpRequestException($"The API server sent a line that is no change: {error.Message}", error);
        }
    }

    private static Exception Failure(int code, string? reason) => code == (int)HttpStatusCode.Gone
        ? new VersionGoneException("The API server does not remember that version.")
        : new HttpRequestException($"The API server refused the watch: {code} {reason}", null, (HttpStatusCode)code);
}
