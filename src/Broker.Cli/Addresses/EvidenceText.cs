using Broker.Cli.Output;
using Broker.Contracts.Reclaims;

namespace Broker.Cli.Addresses;

/// <summary>Evidence as the end of a sentence that begins with "because".</summary>
internal static class EvidenceText
{
    public static string Of(EvidenceInfo evidence)
    {
        var why = evidence.Kind switch
        {
            EvidenceKinds.PodGone => $"there is no pod of UID {Shown.Safe(evidence.Uid)} any more",
            EvidenceKinds.PodEnded => $"the pod of UID {Shown.Safe(evidence.Uid)} has ended",
            EvidenceKinds.NodeDeleted => $"the Node of UID {Shown.Safe(evidence.Uid)} is gone",
            EvidenceKinds.MachineOff => $"the machine of Node UID {Shown.Safe(evidence.Uid)} is off",
            _ => $"of {Shown.Safe(evidence.Kind)} ({Shown.Safe(evidence.Uid)})",
        };
        var second = evidence.Second is { } look
            ? $", and {evidence.ApartSeconds} s later or more {Of(look)}"
            : string.Empty;
        return $"{why}: {Of(evidence.First)}{second}";
    }

    private static string Of(ObservationInfo look)
    {
        var version = look.ResourceVersion is { } known ? $", resourceVersion {Shown.Safe(known)}" : string.Empty;
        var other = look.OtherUid is { } uid ? $" {Shown.Safe(uid)}" : string.Empty;
        return $"{Shown.Safe(look.Seen)}{other} by {Shown.Safe(look.Source)} at {Shown.Safe(look.At)}{version}";
    }
}
