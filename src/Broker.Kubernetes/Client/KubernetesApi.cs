using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Nodes;
using k8s;
using k8s.Models;

namespace Broker.Kubernetes.Client;

/// <summary>The API server through the client library.</summary>
public sealed class KubernetesApi(ClusterConnection connection) : IClusterApi
{
    private readonly k8s.Kubernetes _client = connection.Client;

    /// <inheritdoc/>
    public Task<ClusterList<ObservedCsr>> ListCsrsAsync(string signer, CancellationToken cancellation) =>
        ListCall.ReadAsync<V1CertificateSigningRequestList, V1CertificateSigningRequest, ObservedCsr>(
            next => _client.CertificatesV1.ListCertificateSigningRequestAsync(
                fieldSelector: BySigner(signer),
                limit: ListCall.PageObjects,
                continueParameter: next,
                cancellationToken: cancellation),
            CsrMapping.Of);

    /// <inheritdoc/>
    public IAsyncEnumerable<ClusterChange<ObservedCsr>> WatchCsrsAsync(
        string signer, string resourceVersion, CancellationToken cancellation) =>
        WatchCall.ReadAsync<V1CertificateSigningRequest, ObservedCsr>(
            _client,
            "apis/certificates.k8s.io/v1/certificatesigningrequests",
            BySigner(signer),
            resourceVersion,
            CsrMapping.Of,
            cancellation);

    /// <inheritdoc/>
    public Task<ClusterList<NodeObject>> ListNodesAsync(CancellationToken cancellation) =>
        ListCall.ReadAsync<V1NodeList, V1Node, NodeObject>(
            next => _client.CoreV1.ListNodeAsync(
                limit: ListCall.PageObjects, continueParameter: next, cancellationToken: cancellation),
            NodeMapping.Of);

    /// <inheritdoc/>
    public IAsyncEnumerable<ClusterChange<NodeObject>> WatchNodesAsync(
        string resourceVersion, CancellationToken cancellation) =>
        WatchCall.ReadAsync<V1Node, NodeObject>(
            _client, "api/v1/nodes", null, resourceVersion, NodeMapping.Of, cancellation);

    private static string BySigner(string signer) => $"spec.signerName={signer}";
}
