using Broker.Contracts;
using Broker.Contracts.Blocks;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Server.Cluster;

namespace Broker.Server.Api.Blocks;

/// <summary>Blocks: asked for, listed and given back by nodes; listed by people.</summary>
internal sealed class BlockEndpoints(Answers answers)
{
    private const int PoolsMax = 16;

    public async Task GrantAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.BlocksRequest);
        var command = new GrantBlocks(
            Callers.Node(context),
            FieldReader.Read<RequestId>("requestId", body.RequestId, RequestId.TryParse),
            FieldReader.ReadList<PoolName>("pools", body.Pools, PoolsMax, PoolName.TryParse));
        context.Features.Set(new AskedFor(PodIdentity.None));
        await answers.SubmitAsync(
            context,
            command,
            granted => Task.FromResult(new BlocksGrantedResponse(
                [.. granted.Blocks.Select(Wire.Of)], granted.Repeated, answers.Position)),
            BrokerJson.Default.BlocksGrantedResponse);
    }

    public async Task ListOwnAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        await WriteListAsync(context, Callers.Node(context).Name);
    }

    public async Task ListAllAsync(HttpContext context)
    {
        var node = new QueryReader(context, "node").Text("node");
        await WriteListAsync(
            context, node is null ? null : FieldReader.Read<NodeName>("node", node, NodeName.TryParse));
    }

    public async Task ListWaitingAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var waits = await answers.ReadAsync(context, queries => queries.BlocksWaiting());
        var infos = waits.Select(wait => new BlockWaitInfo(
            wait.Block.ToString(),
            wait.Pool.Value,
            WireWords.Of(wait.For),
            wait.Node?.Value,
            wait.Generation?.Position,
            wait.LeasesLive,
            wait.SecondsLeft));
        await Answers.WriteAsync(
            context, new BlockWaitList([.. infos], answers.Position), BrokerJson.Default.BlockWaitList);
    }

    public async Task ReleaseAsync(HttpContext context)
    {
        var query = new QueryReader(context, "block", "generation");
        var generation = query.Number("generation") ?? throw QueryReader.Invalid("generation", "is missing");
        var command = new ReleaseBlock(
            Callers.Node(context),
            FieldReader.Read<Cidr>("block", query.Required("block"), Cidr.TryParse),
            new Generation(generation));
        await answers.SubmitAsync(
            context,
            command,
            ended => Task.FromResult(new BlockReleasedResponse(
                ended.Block.ToString(), ended.Generation.Position, ended.Released, answers.Position)),
            BrokerJson.Default.BlockReleasedResponse);
    }

    private async Task WriteListAsync(HttpContext context, NodeName? node)
    {
        var blocks = await answers.ReadAsync(context, queries => queries.Blocks(node));
        await Answers.WriteAsync(
            context, new BlockList([.. blocks.Select(Wire.Of)], answers.Position), BrokerJson.Default.BlockList);
    }
}
