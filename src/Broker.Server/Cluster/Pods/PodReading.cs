using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Server.Cluster.Pods;

/// <summary>What is known of the pod that a node asks for.</summary>
/// <param name="Assurance">How well it is known.</param>
/// <param name="Refusal">Why nothing is granted to it; null when something may be.</param>
/// <param name="Pools">The pools that its annotation, or its namespace's, chooses; null for none.</param>
/// <param name="PoolsFrom">What chose them, for people.</param>
internal sealed record PodReading(
    PodAssurance Assurance,
    Refusal? Refusal = null,
    IReadOnlyList<PoolName>? Pools = null,
    string? PoolsFrom = null)
{
    /// <summary>There is no pod to look at.</summary>
    public static PodReading None { get; } = new(PodAssurance.None);

    /// <summary>It could not be looked at.</summary>
    public static PodReading Unverified { get; } = new(PodAssurance.Unverified);

    public static PodReading Refused(RefusalCode code, string detail) =>
        new(PodAssurance.Unverified, new Refusal(code, detail));
}
