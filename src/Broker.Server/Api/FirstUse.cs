using Broker.Core.Commands;
using Broker.Journal.Writing;
using Broker.Server.Authentication;

namespace Broker.Server.Api;

/// <summary>
/// The first use of a <c>next</c> certificate makes it current, whichever call it is that comes first.
/// </summary>
internal sealed class FirstUse(LedgerWriter writer)
{
    public async Task RecordAsync(Caller caller, CancellationToken cancellation)
    {
        if (!caller.NeedsPromotion)
        {
            return;
        }

        // A refusal means that the certificate was replaced in this very moment; the call itself is refused for it
        // next.
        var node = new NodeCaller(caller.NodeName!.Value, caller.NodeUid!.Value, caller.CertificateHash);
        _ = await writer.SubmitAsync(new PromoteCertificate(node), cancellation);
    }
}
