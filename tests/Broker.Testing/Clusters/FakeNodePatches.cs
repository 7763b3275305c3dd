using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Broker.Testing.Clusters;

/// <summary>
/// Patches of a Node's podCIDRs, with what a real server checks: UID (422), version (409), and that
/// podCIDRs are written once (422). Source: k8s.io/kubernetes <c>pkg/apis/core/validation</c> ValidateNodeUpdate.
/// </summary>
internal sealed class FakeNodePatches(FakeObjects nodes, Func<long> nextVersion)
{
    private int _patches;

    /// <summary>Patches that were accepted.</summary>
    public int Accepted => Volatile.Read(ref _patches);

    /// <summary>Told before a patch is looked at: a race that a test makes.</summary>
    public Action<string>? Before { get; set; }

    public async Task AnswerAsync(HttpContext context, string name)
    {
        context.Response.ContentType = "application/json";
        var patch = (await JsonNode.ParseAsync(context.Request.Body).ConfigureAwait(false))!.AsObject();
        Before?.Invoke(name);
        context.Response.StatusCode = Apply(name, patch);
        await context.Response.WriteAsync(context.Response.StatusCode == StatusCodes.Status200OK
            ? nodes.Read(name)!.ToJsonString()
            : """{"kind":"Status","apiVersion":"v1","status":"Failure"}""").ConfigureAwait(false);
    }

    private int Apply(string name, JsonObject patch)
    {
        var status = StatusCodes.Status404NotFound;
        _ = nodes.Change(name, nextVersion(), node =>
        {
            status = Check(node, patch);
            if (status == StatusCodes.Status200OK)
            {
                node["spec"] = patch["spec"]!.DeepClone();
                _ = Interlocked.Increment(ref _patches);
            }

            return status == StatusCodes.Status200OK;
        });
        return status;
    }

    private static int Check(JsonObject node, JsonObject patch)
    {
        if ((string?)patch["metadata"]?["uid"] != (string?)node["metadata"]!["uid"])
        {
            return StatusCodes.Status422UnprocessableEntity;
        }

        if ((string?)patch["metadata"]?["resourceVersion"] != (string?)node["metadata"]!["resourceVersion"])
        {
            return StatusCodes.Status409Conflict;
        }

        return node["spec"]?["podCIDRs"] is JsonArray { Count: > 0 }
            ? StatusCodes.Status422UnprocessableEntity
            : StatusCodes.Status200OK;
    }
}
