using Broker.Contracts;
using Broker.Contracts.Routes;
using Broker.Core.Pools;

namespace Broker.Server.Api.Routes;

/// <summary>
/// Which node each live block is to be routed to. Blocks of flat pools are left out: their addresses lie on a link that
/// all nodes share, and need no route.
/// </summary>
internal sealed class RoutesEndpoint(Answers answers, INodeAddresses addresses)
{
    public async Task ReadAsync(HttpContext context)
    {
        var format = new QueryReader(context, "format").Text("format") ?? "json";
        if (format is not ("json" or "ip-route"))
        {
            throw QueryReader.Invalid("format", "is neither json nor ip-route");
        }

        var blocks = await answers.ReadAsync(context, queries => queries.Blocks(null));
        var routes = blocks
            .Where(block => block.Network != PoolNetwork.Flat)
            .Select(block => new BlockRoute(block, addresses.Find(block.Node, block.Uid, block.Block.Family)))
            .ToList();
        if (format == "json")
        {
            var answer = new RouteList([.. routes.Select(Wire.Of)], answers.Position);
            await Answers.WriteAsync(context, answer, BrokerJson.Default.RouteList);
            return;
        }

        context.Response.ContentType = RouteText.MediaType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(RouteText.Write(answers.Position, routes), context.RequestAborted);
    }
}
