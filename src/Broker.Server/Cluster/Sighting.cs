using Broker.Identity.Certificates;

namespace Broker.Server.Cluster;

/// <summary>A chain-valid certificate without a record, and when it was first shown, on the monotonic clock.</summary>
internal sealed record Sighting(ExaminedCertificate Certificate, long First);
