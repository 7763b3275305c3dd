using Broker.Contracts;
using Broker.Core.Names;
using Broker.Server.Custody;

namespace Broker.Server.Api.Nodes;

/// <summary>How a node came to be who it is.</summary>
internal sealed class CustodyEndpoint(CustodyHistory history)
{
    public async Task ReadAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var name = FieldReader.Read<NodeName>("name", (string?)context.Request.RouteValues["name"], NodeName.TryParse);
        var custody = await history.FindAsync(name, context.RequestAborted)
            ?? throw new ApiProblemException("node_unknown", $"name: '{name}'.");
        await Answers.WriteAsync(context, custody, BrokerJson.Default.NodeCustody);
    }
}
