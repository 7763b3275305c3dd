using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Nodes;

namespace Broker.Kubernetes.Client;

/// <summary>What the witness asks of an API server. Every call may throw when the server cannot be reached.</summary>
public interface IClusterApi
{
    /// <summary>All CSRs of a signer, by a consistent read.</summary>
    Task<ClusterList<ObservedCsr>> ListCsrsAsync(string signer, CancellationToken cancellation);

    /// <summary>What changes after a version; ends when the server closes the stream.</summary>
    /// <exception cref="VersionGoneException">The server knows that version no more.</exception>
    IAsyncEnumerable<ClusterChange<ObservedCsr>> WatchCsrsAsync(
        string signer, string resourceVersion, CancellationToken cancellation);

    /// <summary>All Nodes, by a consistent read.</summary>
    Task<ClusterList<NodeObject>> ListNodesAsync(CancellationToken cancellation);

    /// <summary>What changes after a version; ends when the server closes the stream.</summary>
    /// <exception cref="VersionGoneException">The server knows that version no more.</exception>
    IAsyncEnumerable<ClusterChange<NodeObject>> WatchNodesAsync(
        string resourceVersion, CancellationToken cancellation);
}
