using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Broker.Testing.Clusters;

/// <summary>
/// The Events of a <see cref="FakeApiServer"/>: taken, counted up, or refused; and the single pods that a broker reads
/// before it writes about one.
/// </summary>
public sealed class FakeEvents
{
    private readonly ConcurrentDictionary<string, JsonObject> _events = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _pods = new(StringComparer.Ordinal);
    private int _calls;

    /// <summary>Whether every write is answered with 403.</summary>
    public bool IsForbidden { get; set; }

    /// <summary>Writes that were asked for, refused ones too.</summary>
    public int Writes => Volatile.Read(ref _calls);

    /// <summary>What is there, by the name of the object and the reason.</summary>
    public IReadOnlyList<JsonObject> All => [.. _events.Values];

    /// <summary>A pod, bound to a node.</summary>
    public void BindPod(string inNamespace, string name, string uid, string node) =>
        _pods[$"/api/v1/namespaces/{inNamespace}/pods/{name}"] = new JsonObject
        {
            ["kind"] = "Pod",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = inNamespace, ["uid"] = uid },
            ["spec"] = new JsonObject { ["nodeName"] = node, ["containers"] = new JsonArray() },
        };

    /// <summary>Whether the call was about an Event or about a pod that was bound here; then it was answered.</summary>
    internal async Task<bool> TryAnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (HttpMethods.IsGet(context.Request.Method) && _pods.TryGetValue(path, out var pod))
        {
            await AnswerAsync(context, pod, StatusCodes.Status404NotFound).ConfigureAwait(false);
            return true;
        }

        if (!path.StartsWith("/api/v1/namespaces/", StringComparison.Ordinal)
            || !path.Contains("/events", StringComparison.Ordinal))
        {
            return false;
        }

        _ = Interlocked.Increment(ref _calls);
        var body = (await JsonNode.ParseAsync(context.Request.Body).ConfigureAwait(false))!.AsObject();
        if (IsForbidden)
        {
            await AnswerAsync(context, null, StatusCodes.Status403Forbidden).ConfigureAwait(false);
        }
        else if (HttpMethods.IsPost(context.Request.Method))
        {
            _events[$"{path}/{(string)body["metadata"]!["name"]!}"] = body;
            await AnswerAsync(context, body, StatusCodes.Status201Created).ConfigureAwait(false);
        }
        else
        {
            await AnswerAsync(context, Patch(path, body), StatusCodes.Status404NotFound).ConfigureAwait(false);
        }

        return true;
    }

    private JsonObject? Patch(string path, JsonObject patch)
    {
        if (!_events.TryGetValue(path, out var known))
        {
            return null;
        }

        var next = known.DeepClone().AsObject();
        foreach (var (name, value) in patch)
        {
            next[name] = value?.DeepClone();
        }

        return _events[path] = next;
    }

    private static Task AnswerAsync(HttpContext context, JsonObject? item, int otherwise)
    {
        context.Response.ContentType = "application/json";
        if (item is null)
        {
            context.Response.StatusCode = otherwise;
            return context.Response.WriteAsync($$"""{"kind":"Status","apiVersion":"v1","code":{{otherwise}}}""");
        }

        return context.Response.WriteAsync(item.ToJsonString());
    }
}
