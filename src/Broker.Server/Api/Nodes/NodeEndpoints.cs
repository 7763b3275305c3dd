using Broker.Contracts;
using Broker.Contracts.Nodes;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Server.Api.Nodes;

/// <summary>Nodes and their standing.</summary>
internal sealed class NodeEndpoints(Answers answers)
{
    public Task FenceAsync(HttpContext context) => ChangeAsync(context, Standing.Fenced);

    public Task QuarantineAsync(HttpContext context) => ChangeAsync(context, Standing.Quarantined);

    public Task ReadmitAsync(HttpContext context) => ChangeAsync(context, Standing.Active);

    public Task RetireAsync(HttpContext context) => ChangeAsync(context, Standing.Retired);

    public async Task ReadAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var name = PathName(context);
        var found = await answers.ReadAsync(context, queries => InfoOf(queries, name))
            ?? throw new ApiProblemException("node_unknown", $"name: '{name}'.");
        await Answers.WriteAsync(context, found, BrokerJson.Default.NodeInfo);
    }

    public async Task ListAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var nodes = await answers.ReadAsync(
            context,
            queries => queries.Nodes().Select(node => Wire.Of(node, queries.CertificatesOf(node.Node))).ToList());
        await Answers.WriteAsync(context, new NodeList(nodes, answers.Position), BrokerJson.Default.NodeList);
    }

    private async Task ChangeAsync(HttpContext context, Standing standing)
    {
        var dryRun = DryRun.Read(context);
        var name = PathName(context);
        var body = await RequestBody.ReadOrDefaultAsync(
            context, StrictJson.Context.StandingRequest, new StandingRequest());
        NodeUid? seen = body.SeenUid is null
            ? null
            : FieldReader.Read<NodeUid>("seenUid", body.SeenUid, NodeUid.TryParse);
        var command = new ChangeStanding(
            Operators.Actor(context), name, seen, standing, Operators.Reason(body.Reason));
        await answers.ChangeAsync(
            context,
            dryRun,
            command,
            async view => dryRun
                ? await answers.ReadAsync(context, queries => InfoAfter(queries, view))
                : (await answers.ReadAsync(context, queries => InfoOf(queries, name)))!,
            BrokerJson.Default.NodeInfo);
    }

    /// <summary>What would stand there after the change: a retired node has no certificate that counts.</summary>
    private static NodeInfo InfoAfter(LedgerQueries queries, NodeView view) =>
        Wire.Of(view, view.Standing == Standing.Retired ? [] : queries.CertificatesOf(view.Node));

    private static NodeInfo? InfoOf(LedgerQueries queries, NodeName name) =>
        queries.Node(name) is { } node ? Wire.Of(node, queries.CertificatesOf(name)) : null;

    private static NodeName PathName(HttpContext context) =>
        FieldReader.Read<NodeName>("name", (string?)context.Request.RouteValues["name"], NodeName.TryParse);
}
