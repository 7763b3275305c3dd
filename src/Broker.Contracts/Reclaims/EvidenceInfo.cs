namespace Broker.Contracts.Reclaims;

/// <summary>
/// What a lease or a block was reclaimed on. Kind is one of <see cref="EvidenceKinds"/>; uid is that of the pod or of
/// the Node. Second and apartSeconds, by a monotonic clock, are null where one look is enough.
/// </summary>
public sealed record EvidenceInfo(
    string Kind, string Uid, ObservationInfo First, ObservationInfo? Second, long? ApartSeconds);
