using Broker.Kubernetes.Nodes;

namespace Broker.Kubernetes.Client;

/// <summary>
/// What the writer of podCIDRs asks of an API server: <c>get</c> and <c>patch</c> on nodes. Every call may throw when
/// the server cannot be reached.
/// </summary>
public interface INodeSpecApi
{
    /// <summary>The Node of a name, asked for now; null when there is none.</summary>
    Task<NodeObject?> ReadNodeAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Writes the podCIDRs of exactly that Node object in exactly that version. False when either has changed, or when
    /// the Node is gone: read it again.
    /// </summary>
    Task<bool> SetPodCidrsAsync(NodeObject node, IReadOnlyList<string> podCidrs, CancellationToken cancellation);
}
