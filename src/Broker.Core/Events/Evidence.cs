namespace Broker.Core.Events;

/// <summary>What a reclaim rests on: one look, or two that agree.</summary>
/// <param name="Kind">What they show.</param>
/// <param name="Uid">The UID of the pod, or of the Node, that they are about.</param>
/// <param name="First">The first look.</param>
/// <param name="Second">The second one; null where one is enough.</param>
/// <param name="ApartSeconds">
/// How far apart they are at least, by a monotonic clock: what the two wall times say may be a step of the clock. Null
/// without a second one.
/// </param>
public sealed record Evidence(
    EvidenceKind Kind, string Uid, Observation First, Observation? Second = null, long? ApartSeconds = null);
