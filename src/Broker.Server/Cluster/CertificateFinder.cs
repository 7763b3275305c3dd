using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Server.Options;

namespace Broker.Server.Cluster;

/// <summary>Finds what an operator names by its hash: on record, or among those that were shown lately.</summary>
internal sealed class CertificateFinder(
    LedgerWriter writer, Sightings sightings, BrokerSettings settings, IServiceProvider services)
{
    /// <exception cref="ApiProblemException">It is neither on record nor was it shown, for that node.</exception>
    public async Task<ObservedCertificate> FindAsync(
        CertificateHash hash, NodeName node, CancellationToken cancellation)
    {
        if (await writer.ReadAsync(queries => queries.Certificate(hash), cancellation) is { } known)
        {
            return new ObservedCertificate(
                known.Certificate, known.Key, known.Serial, known.Issuer, known.NotBefore, known.NotAfter);
        }

        // The name on the certificate, not the one in the path: an operator adopts nobody for somebody else.
        return sightings.Find(hash) is { } seen && seen.Certificate.NodeName == node
            ? ClusterDoor.Observed(seen.Certificate)
            : throw new ApiProblemException(
                "certificate_unknown",
                $"certificate: {hash} of node '{node}' is not on record and was not shown lately.");
    }

    /// <summary>The Node object of a name; null where there is no cluster.</summary>
    public ObservedNode? NodeOf(NodeName node) => settings.Kubernetes is null
        ? null
        : services.GetRequiredService<WitnessService>().FindNode(node);
}
