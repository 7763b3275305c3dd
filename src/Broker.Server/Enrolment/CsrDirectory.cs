using Broker.Contracts.Csrs;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Broker.Server.Api;

namespace Broker.Server.Enrolment;

/// <summary>
/// Signing requests as people see them: the pending ones, then what the journal says of the decided.
/// </summary>
internal sealed class CsrDirectory(LedgerWriter writer, PendingCsrs pending, PrivateNames names)
{
    public async Task<IReadOnlyList<CsrInfo>> ListAsync(CancellationToken cancellation)
    {
        var list = pending.All.Select(Describe).ToList();
        foreach (var csr in await writer.ReadAsync(queries => queries.Csrs(), cancellation))
        {
            list.Add(await DescribeAsync(csr, cancellation));
        }

        return list;
    }

    public async Task<CsrInfo> DescribeAsync(CsrView csr, CancellationToken cancellation) => new(
        csr.Csr.Value,
        csr.Node.Value,
        csr.Requester,
        csr.Signer,
        csr.Key.Value,
        WireWords.Of(csr.Decision),
        null,
        csr.Rule,
        await names.OfAsync(csr.Approver, cancellation),
        csr.Approver.Certificate?.Value,
        csr.DecisionPosition,
        csr.Certificate?.Value);

    private static CsrInfo Describe(PendingCsr waiting) => new(
        waiting.Request.Csr.Value,
        waiting.Request.Node.Value,
        waiting.Request.Requester,
        waiting.Request.Signer,
        waiting.Request.Key.Value,
        "pending",
        waiting.Hold,
        null,
        null,
        null,
        null,
        null);
}
