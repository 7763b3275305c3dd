using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Leases;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Reclaims;

/// <summary>Decides the end of leases whose node did not release them.</summary>
internal static class ReclaimRules
{
    public static Decision Reclaim(Draft draft, ReclaimLease command)
    {
        var evidence = command.Evidence;
        if ((LeaseShape.Check(command.Attachment) ?? EvidenceShape.Check(evidence)) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        if (evidence.Kind is not (EvidenceKind.PodGone or EvidenceKind.PodEnded))
        {
            return Draft.Refuse(RefusalCode.InvalidField, $"evidence: {evidence.Kind} is not about a pod.");
        }

        // What was seen may have ended since, and the attachment may hold something newer.
        if (draft.State.Leases.Find(command.Attachment) is not { } holding
            || (holding.Lease4?.Position != command.Granted && holding.Lease6?.Position != command.Granted))
        {
            return draft.Answer(new LeasesEnded([]));
        }

        if (holding.Pod.Uid != evidence.Uid)
        {
            return Draft.Refuse(RefusalCode.Conflict, "The lease is of another pod than the evidence.");
        }

        var ended = new List<IpAddress>(2);
        End(draft, holding.Lease4, evidence, ended);
        End(draft, holding.Lease6, evidence, ended);
        return draft.Answer(new LeasesEnded(ended));
    }

    private static void End(Draft draft, Lease? lease, Evidence evidence, List<IpAddress> ended)
    {
        if (lease is not null)
        {
            var reclaimed = new LeaseReclaimed(lease.Address, lease.Block.Generation, lease.Position, evidence);
            _ = draft.Add(reclaimed, lease.Position); // The answer names addresses, not positions.
            ended.Add(lease.Address);
        }
    }
}
