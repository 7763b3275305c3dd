using Broker.Contracts;
using Broker.Contracts.Blocks;
using Broker.Contracts.Reclaims;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Broker.Server.Cluster;

namespace Broker.Server.Api.Blocks;

/// <summary>
/// An operator's word that a machine is off. The node is fenced with the first of its leases, in one commit, so that
/// from then on it can do nothing with what somebody else will hold; a long block takes several commits, each of them
/// whole. Who is readmitted in between keeps the rest.
/// </summary>
internal sealed class BlockReclaimEndpoint(Answers answers, LedgerWriter writer, ClusterNodes nodes, TimeProvider time)
{
    // A slash within a segment stays encoded in a route.
    private const string EncodedSlash = "%2F";

    private static readonly Dictionary<string, EvidenceKind> Kinds = new(StringComparer.Ordinal)
    {
        [EvidenceKinds.MachineOff] = EvidenceKind.MachineOff,
    };

    public async Task ReclaimAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
        var block = FieldReader.Read<Cidr>("cidr", PathCidr(context), Cidr.TryParse);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.BlockReclaimRequest);
        var kind = FieldReader.Choose("evidence", body.Evidence, Kinds);
        NodeUid? seen = body.SeenUid is null
            ? null
            : FieldReader.Read<NodeUid>("seenUid", body.SeenUid, NodeUid.TryParse);
        var (holder, isPodCidr) = await answers.ReadAsync(context, queries =>
        {
            var held = queries.BlockOf(block.Network);
            return (held, held is not null && queries.Pool(held.Pool)!.Spec.PodCidrs);
        });
        var uid = seen ?? holder?.Uid ?? NodeUid.Parse("unknown");
        var look = new Observation(
            Instant.From(time.GetUtcNow()), EvidenceSource.Operator, EvidenceSight.StatedOff);
        var command = new ReclaimBlock(
            Operators.Actor(context),
            block,
            new Generation(body.Generation),
            new Evidence(kind, uid.Value, look),
            Operators.Reason(body.Reason))
        {
            Fences = true,
            NodeObject = isPodCidr ? await nodes.NodeOfAsync(holder!.Node, context.RequestAborted) : null,
        };
        var outcome = dryRun
            ? Whole(await writer.TryAsync(command, context.RequestAborted))
            : await ReclaimAsync(command, context.RequestAborted);
        await answers.AnswerAsync(
            context,
            outcome,
            ended => Task.FromResult(new BlockReclaimResponse(
                ended.Block.ToString(),
                ended.Generation.Position,
                ended.Reclaimed,
                ended.Fenced,
                ended.LeasesEnded,
                answers.Position)),
            BrokerJson.Default.BlockReclaimResponse);
    }

    private async Task<Outcome<BlockReclaim>> ReclaimAsync(ReclaimBlock command, CancellationToken cancellation)
    {
        var first = await writer.SubmitAsync(command, cancellation);
        var (last, ended) = (first, first.Answer?.LeasesEnded ?? 0);
        while (last.Answer is { LeasesLeft: > 0 })
        {
            last = await writer.SubmitAsync(command with { Fences = false }, cancellation);
            ended += last.Answer?.LeasesEnded ?? 0;
        }

        // The Node of that name may have waited for what was held under the UID before; else the next list binds it.
        if (last.Answer is { Reclaimed: true } && command.NodeObject is { } node)
        {
            _ = await writer.SubmitAsync(new BindNode(node), cancellation); // It cannot be refused.
        }

        return last.Answer is { } answer
            ? Outcome<BlockReclaim>.Of(answer with { LeasesEnded = ended, Fenced = first.Answer!.Fenced })
            : last;
    }

    /// <summary>What all commits together would come to.</summary>
    private static Outcome<BlockReclaim> Whole(Outcome<BlockReclaim> first) => first.Answer is { LeasesLeft: > 0 } some
        ? Outcome<BlockReclaim>.Of(some with
        {
            Reclaimed = true,
            LeasesEnded = some.LeasesEnded + (int)some.LeasesLeft,
            LeasesLeft = 0,
        })
        : first;

    private static string? PathCidr(HttpContext context) => ((string?)context.Request.RouteValues["cidr"])
        ?.Replace(EncodedSlash, "/", StringComparison.OrdinalIgnoreCase);
}
