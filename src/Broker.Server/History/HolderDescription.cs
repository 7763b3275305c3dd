using Broker.Contracts.Addresses;
using Broker.Contracts.Leases;
using Broker.Core.Events;
using Broker.Server.Api;
using Broker.Server.Enrolment;

namespace Broker.Server.History;

/// <summary>A holding as it goes over the wire, with the names that the journal keeps apart.</summary>
internal sealed class HolderDescription(PrivateNames names)
{
    private const string NodeRelease = "node-release";

    public async Task<AddressHolder> OfAsync(Holding holding, CancellationToken cancellation)
    {
        var (granted, released, approved) = (holding.Granted, holding.Released, holding.Approved);
        var lease = (LeaseGranted)granted.Fact.Event;
        var approval = approved?.Fact.Event as CsrApproved;
        return new AddressHolder(
            lease.Node.Value,
            lease.Attachment.Node.Value,
            lease.Attachment.Network,
            lease.Attachment.ContainerId,
            lease.Attachment.Interface,
            new PodLabels(lease.Pod.Namespace, lease.Pod.Name, lease.Pod.Uid),
            holding.Block,
            lease.Generation.Position,
            granted.TrueFrom.ToString(),
            granted.Position,
            granted.Fact.Request?.Value,
            released?.TrueFrom.ToString(),
            released?.Position,
            released is null ? null : await names.OfAsync(released.Fact.Actor, cancellation),
            released?.Fact.Actor.Certificate?.Value,
            ReasonOf(released?.Fact.Event),
            granted.Fact.Actor.Certificate!.Value.Value,
            holding.Csr,
            holding.Requester,
            approved is null ? null : await names.OfAsync(approved.Fact.Actor, cancellation),
            approval?.Rule,
            approved?.Fact.Actor.Certificate?.Value,
            approved?.Fact.At.ToString(),
            approved?.Position,
            approval?.Reason is { } reason ? await names.TextAsync(reason, cancellation) : null,
            holding.Assurance is { } assurance ? WireWords.Of(assurance) : null,
            released?.Fact.Event is LeaseReclaimed reclaimed ? EvidenceWire.Of(reclaimed.Evidence) : null,
            WireWords.Of(lease.PodAssurance));
    }

    private static string? ReasonOf(LedgerEvent? end) => end switch
    {
        null => null,
        LeaseReclaimed reclaimed => EvidenceWire.KindOf(reclaimed.Evidence.Kind),
        _ => NodeRelease,
    };
}
