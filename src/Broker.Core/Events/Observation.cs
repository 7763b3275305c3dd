using Broker.Core.Time;

namespace Broker.Core.Events;

/// <summary>One look at the object that evidence is about.</summary>
/// <param name="At">When, by the wall clock: for the record only.</param>
/// <param name="Source">Where.</param>
/// <param name="Seen">What was found.</param>
/// <param name="ResourceVersion">Of the list or the object that was read; null where there is none.</param>
/// <param name="OtherUid">The UID that was found instead, for <see cref="EvidenceSight.OtherUid"/>.</param>
public sealed record Observation(
    Instant At,
    EvidenceSource Source,
    EvidenceSight Seen,
    string? ResourceVersion = null,
    string? OtherUid = null);
