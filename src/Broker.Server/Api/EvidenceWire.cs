using Broker.Contracts.Reclaims;
using Broker.Core.Events;

namespace Broker.Server.Api;

/// <summary>Evidence as it goes over the wire.</summary>
internal static class EvidenceWire
{
    public static EvidenceInfo Of(Evidence evidence) => new(
        KindOf(evidence.Kind),
        evidence.Uid,
        Of(evidence.First),
        evidence.Second is { } second ? Of(second) : null,
        evidence.ApartSeconds);

    public static string KindOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.PodGone => EvidenceKinds.PodGone,
        EvidenceKind.PodEnded => EvidenceKinds.PodEnded,
        EvidenceKind.NodeDeleted => EvidenceKinds.NodeDeleted,
        EvidenceKind.MachineOff => EvidenceKinds.MachineOff,
        _ => throw new InvalidOperationException($"Unknown evidence {kind}."),
    };

    private static ObservationInfo Of(Observation look) =>
        new(look.At.ToString(), Of(look.Source), Of(look.Seen), look.ResourceVersion, look.OtherUid);

    private static string Of(EvidenceSource source) => source switch
    {
        EvidenceSource.Cache => "cache",
        EvidenceSource.Read => "read",
        EvidenceSource.Operator => "operator",
        _ => throw new InvalidOperationException($"Unknown source {source}."),
    };

    private static string Of(EvidenceSight seen) => seen switch
    {
        EvidenceSight.Absent => "absent",
        EvidenceSight.OtherUid => "other_uid",
        EvidenceSight.Succeeded => "succeeded",
        EvidenceSight.Failed => "failed",
        EvidenceSight.OutOfService => "out_of_service",
        EvidenceSight.StatedOff => "stated_off",
        _ => throw new InvalidOperationException($"Unknown sight {seen}."),
    };
}
