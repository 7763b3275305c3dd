using System.Net;
using System.Text.Json;
using Broker.Kubernetes.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Broker.Kubernetes.Client;

/// <summary>Nodes through the client library, one at a time.</summary>
public sealed class NodeSpecApi(ClusterConnection connection) : INodeSpecApi
{
    private readonly k8s.Kubernetes _client = connection.Client;

    /// <inheritdoc/>
    public async Task<NodeObject?> ReadNodeAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return NodeMapping.Of(await _client.CoreV1.ReadNodeAsync(name, cancellationToken: cancellation)
                .ConfigureAwait(false));
        }
        catch (HttpOperationException error) when (error.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> SetPodCidrsAsync(
        NodeObject node, IReadOnlyList<string> podCidrs, CancellationToken cancellation)
    {
        // Both stand in the patch: another UID is refused as invalid (422), another version as a conflict (409).
        var patch = JsonSerializer.Serialize(new
        {
            metadata = new { uid = node.Uid, resourceVersion = node.ResourceVersion },
            spec = new { podCIDR = podCidrs[0], podCIDRs = podCidrs },
        });
        try
        {
            var written = await _client.CoreV1.PatchNodeAsync(
                new V1Patch(patch, V1Patch.PatchType.MergePatch), node.Name, cancellationToken: cancellation)
                .ConfigureAwait(false);
            return written.Metadata.Uid == node.Uid;
        }
        catch (HttpOperationException error) when (error.Response?.StatusCode is HttpStatusCode.Conflict
            or HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
