using Broker.Contracts;
using Broker.Contracts.Nodes;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Broker.Server.Cluster;

namespace Broker.Server.Api.Nodes;

/// <summary>
/// Readmits many nodes by one call. Each is decided by itself: one that is refused says why, and the others go on.
/// </summary>
internal sealed class ReadmissionsEndpoint(Answers answers, LedgerWriter writer, CertificateFinder certificates)
{
    /// <summary>Most nodes of one call.</summary>
    public const int NodesMax = 256;

    public async Task ReadmitAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.ReadmissionsRequest);
        if (body.Nodes.Count is 0 or > NodesMax || body.Nodes.Any(node => node is null))
        {
            throw new ApiProblemException("invalid_field", $"nodes: 1 to {NodesMax} of them.");
        }

        var (actor, reason) = (Operators.Actor(context), Operators.Reason(body.Reason));
        var results = new List<ReadmissionResult>();
        foreach (var node in body.Nodes)
        {
            results.Add(await ReadmitAsync(node, actor, reason, dryRun, context.RequestAborted));
        }

        await Answers.WriteAsync(
            context,
            new ReadmissionsResponse(results, answers.Position),
            BrokerJson.Default.ReadmissionsResponse);
    }

    private async Task<ReadmissionResult> ReadmitAsync(
        Readmission asked, Actor actor, PrivateText? reason, bool dryRun, CancellationToken cancellation)
    {
        try
        {
            var name = FieldReader.Read<NodeName>("name", asked.Name, NodeName.TryParse);
            NodeUid? seen = asked.SeenUid is null
                ? null
                : FieldReader.Read<NodeUid>("seenUid", asked.SeenUid, NodeUid.TryParse);
            if (asked.Certificate is { } text)
            {
                var hash = FieldReader.Read<CertificateHash>("certificate", text, CertificateHash.TryParse);
                var found = await certificates.FindAsync(hash, name, cancellation);
                var adopt = new AdoptCertificate(actor, name, seen, found, certificates.NodeOf(name), reason);
                var adopted = await DoAsync(adopt, dryRun, cancellation);
                if (adopted.Refusal is { } no)
                {
                    return Refused(asked, no);
                }
            }

            var outcome = await DoAsync(
                new ChangeStanding(actor, name, seen, Standing.Active, reason), dryRun, cancellation);
            return outcome.Refusal is { } refusal
                ? Refused(asked, refusal)
                : new ReadmissionResult(asked.Name, WireWords.Of(outcome.Answer!.Standing), null, null);
        }
        catch (ApiProblemException problem)
        {
            return new ReadmissionResult(asked.Name, null, problem.Code, problem.Detail);
        }
    }

    private Task<Outcome<T>> DoAsync<T>(Command<T> command, bool dryRun, CancellationToken cancellation)
        where T : class =>
        dryRun ? writer.TryAsync(command, cancellation) : writer.SubmitAsync(command, cancellation);

    private static ReadmissionResult Refused(Readmission asked, Refusal refusal) =>
        new(asked.Name, null, RefusalCodes.Text(refusal.Code), refusal.Detail);
}
