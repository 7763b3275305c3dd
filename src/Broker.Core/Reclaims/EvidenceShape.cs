using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core.Reclaims;

/// <summary>The shape of evidence: closed words, bounded names, and two looks wherever a pod is concerned.</summary>
internal static class EvidenceShape
{
    /// <summary>Longest UID or resourceVersion.</summary>
    public const int CharsMax = 64;

    public static Refusal? Check(Evidence evidence)
    {
        if (!Enum.IsDefined(evidence.Kind) || !NameRules.IsToken(evidence.Uid, CharsMax))
        {
            return Invalid("a kind, and the UID of the object.");
        }

        // A pod that had ended at the first look may be gone at the second.
        var hadEnded = evidence.First.Seen is EvidenceSight.Succeeded or EvidenceSight.Failed;
        var earlier = evidence.Kind == EvidenceKind.PodGone && hadEnded ? EvidenceKind.PodEnded : evidence.Kind;
        if (Check(evidence.First, earlier) is { } first)
        {
            return first;
        }

        if (evidence.Second is null != evidence.ApartSeconds is null || evidence.ApartSeconds < 0)
        {
            return Invalid("a second look and how far it is from the first come together.");
        }

        if (evidence.Second is null)
        {
            return evidence.Kind is EvidenceKind.PodGone or EvidenceKind.PodEnded
                ? Invalid("a pod that was not seen once is not gone.")
                : null;
        }

        return Check(evidence.Second, evidence.Kind);
    }

    private static Refusal? Check(Observation look, EvidenceKind kind)
    {
        if (!Enum.IsDefined(look.Source) || !Shows(look.Seen, kind))
        {
            return Invalid($"{look.Seen} by {look.Source} is not what shows {kind}.");
        }

        var fits = IsTokenOrNull(look.ResourceVersion) && IsTokenOrNull(look.OtherUid)
            && look.OtherUid is not null == (look.Seen == EvidenceSight.OtherUid);
        return fits ? null : Invalid("resourceVersion and the other UID have the form of Kubernetes.");
    }

    private static bool Shows(EvidenceSight seen, EvidenceKind kind) => kind switch
    {
        EvidenceKind.PodGone => seen is EvidenceSight.Absent or EvidenceSight.OtherUid,
        EvidenceKind.PodEnded => seen is EvidenceSight.Succeeded or EvidenceSight.Failed,
        EvidenceKind.NodeDeleted => seen is EvidenceSight.Absent or EvidenceSight.OtherUid,
        _ => seen is EvidenceSight.OutOfService or EvidenceSight.StatedOff,
    };

    private static bool IsTokenOrNull(string? text) => text is null || NameRules.IsToken(text, CharsMax);

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, $"evidence: {detail}");
}
