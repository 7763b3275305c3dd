using Broker.Contracts;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Pools;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;
using Broker.Server.Cluster;

namespace Broker.Server.Api.Pools;

/// <summary>Pools: defined, changed, opened, drained and retired by operators; read by people.</summary>
internal sealed class PoolEndpoints(Answers answers, ClusterNodes nodes)
{
    public async Task DefineAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
        var name = PathName(context);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.PoolDefinition);
        var command = new DefinePool(
            Operators.Actor(context), PoolDefaults.Complete(name, body), body.Open, Operators.Reason(body.Reason))
        {
            SeenPosition = body.Position,
            Seen = await nodes.PodCidrsAsync(context.RequestAborted),
        };
        await answers.ChangeAsync(
            context, dryRun, command, pool => Task.FromResult(Wire.Of(pool)), BrokerJson.Default.PoolInfo);
    }

    public async Task OpenAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
        var name = PathName(context);
        var body = await RequestBody.ReadOrDefaultAsync(
            context, StrictJson.Context.ChangeRequest, new ChangeRequest());
        var command = new OpenPool(Operators.Actor(context), name, Operators.Reason(body.Reason))
        {
            Seen = await nodes.PodCidrsAsync(context.RequestAborted),
        };
        await answers.ChangeAsync(
            context, dryRun, command, pool => Task.FromResult(Wire.Of(pool)), BrokerJson.Default.PoolInfo);
    }

    public Task DrainAsync(HttpContext context) =>
        EndAsync(context, (actor, name, reason) => new DrainPool(actor, name, reason));

    public Task RetireAsync(HttpContext context) =>
        EndAsync(context, (actor, name, reason) => new RetirePool(actor, name, reason));

    public async Task ReadAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var name = PathName(context);
        var pool = await answers.ReadAsync(context, queries => queries.Pool(name))
            ?? throw new ApiProblemException("pool_unknown", $"name: '{name}'.");
        await Answers.WriteAsync(context, Wire.Of(pool), BrokerJson.Default.PoolInfo);
    }

    public async Task ListAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var pools = await answers.ReadAsync(context, queries => queries.Pools());
        await Answers.WriteAsync(
            context, new PoolList([.. pools.Select(Wire.Of)], answers.Position), BrokerJson.Default.PoolList);
    }

    private async Task EndAsync(
        HttpContext context, Func<Actor, PoolName, PrivateText?, Command<PoolView>> command)
    {
        var dryRun = DryRun.Read(context);
        var name = PathName(context);
        var body = await RequestBody.ReadOrDefaultAsync(
            context, StrictJson.Context.ChangeRequest, new ChangeRequest());
        await answers.ChangeAsync(
            context,
            dryRun,
            command(Operators.Actor(context), name, Operators.Reason(body.Reason)),
            pool => Task.FromResult(Wire.Of(pool)),
            BrokerJson.Default.PoolInfo);
    }

    private static PoolName PathName(HttpContext context) =>
        FieldReader.Read<PoolName>("name", (string?)context.Request.RouteValues["name"], PoolName.TryParse);
}
