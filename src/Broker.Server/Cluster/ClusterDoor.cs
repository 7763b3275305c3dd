using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Identity.Certificates;
using Broker.Identity.Reasons;
using Broker.Journal.Writing;
using Broker.Kubernetes.Watching;
using Broker.Server.Authentication;
using Broker.Server.Options;

namespace Broker.Server.Cluster;

/// <summary>
/// Weighs the refusal of a certificate that is not on record: in a cluster it may just not have been seen yet, or be
/// one to adopt. Never accepts anybody by itself: whoever is on record by then is let in at the next request.
/// </summary>
internal sealed class ClusterDoor(
    Sightings sightings, BrokerSettings settings, LedgerWriter writer, IServiceProvider services)
{
    private const string Retry = "retry";

    public async Task<CallerRefusal> WeighAsync(CallerRefusal refusal)
    {
        if (refusal is not { Code: ReasonCodes.Unwitnessed or ReasonCodes.EvidenceGap, Certificate: { } certificate }
            || certificate.NodeName is not { } node)
        {
            return refusal;
        }

        var seen = sightings.See(certificate);
        if (settings.Kubernetes is not { } cluster)
        {
            return refusal;
        }

        var witness = services.GetRequiredService<WitnessService>();
        if (!services.GetRequiredService<EvidenceClock>().IsCompleteSince(seen.First))
        {
            witness.RequestList();
            return Later(refusal, "The certificate is not on record yet; the cluster's requests are being listed.");
        }

        return cluster.Adopts && witness.FindNode(node) is { } found
            && await AdoptAsync(certificate, node, found)
                ? Later(refusal, $"The certificate was taken over as the first one of node '{node}'.")
                : refusal;
    }

    /// <summary>The certificate as commands name it.</summary>
    public static ObservedCertificate Observed(ExaminedCertificate c) => new(
        c.Hash, c.Key, c.Serial, c.IssuerKey, Instant.From(c.NotBefore), Instant.From(c.NotAfter));

    private static CallerRefusal Later(CallerRefusal refusal, string detail) =>
        refusal with { Code = Retry, Detail = detail, Alarm = null };

    private async Task<bool> AdoptAsync(ExaminedCertificate certificate, NodeName node, ObservedNode found)
    {
        // Not cancelled with the request: the caller comes back for it.
        var adopt = new AdoptCertificate(Actor.Broker, node, null, Observed(certificate), found, null);
        var trial = await writer.TryAsync(adopt, CancellationToken.None);
        return trial.Refusal is null
            && (await writer.SubmitAsync(adopt, CancellationToken.None)).Refusal is null;
    }
}
