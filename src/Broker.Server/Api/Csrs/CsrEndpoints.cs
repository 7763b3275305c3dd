using Broker.Contracts;
using Broker.Contracts.Csrs;
using Broker.Core.Names;
using Broker.Server.Enrolment;
using Broker.Server.Options;

namespace Broker.Server.Api.Csrs;

/// <summary>Signing requests as operators see and decide them.</summary>
internal sealed class CsrEndpoints(
    Answers answers, CsrFlow flow, CsrDirectory directory, BrokerSettings settings)
{
    public Task ApproveAsync(HttpContext context) => DecideAsync(context, approve: true);

    public Task DenyAsync(HttpContext context) => DecideAsync(context, approve: false);

    public async Task ListAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var csrs = await directory.ListAsync(context.RequestAborted);
        await Answers.WriteAsync(context, new CsrList(csrs, answers.Position), BrokerJson.Default.CsrList);
    }

    private async Task DecideAsync(HttpContext context, bool approve)
    {
        var dryRun = DryRun.Read(context);
        EnrolEndpoint.RequireOwnFlow(settings);
        var name = FieldReader.Read<CsrName>("name", (string?)context.Request.RouteValues["name"], CsrName.TryParse);
        var body = await RequestBody.ReadOrDefaultAsync(
            context, StrictJson.Context.DecisionRequest, new DecisionRequest());
        KeyHash? seen = body.SeenKey is null
            ? null
            : FieldReader.Read<KeyHash>("seenKey", body.SeenKey, KeyHash.TryParse);
        var decision = new OperatorDecision(
            name, approve, seen, Operators.Actor(context), Operators.Reason(body.Reason));
        var outcome = dryRun
            ? await flow.TryDecideAsync(decision, context.RequestAborted)
            : await flow.DecideAsync(decision, context.RequestAborted);
        await answers.AnswerAsync(
            context,
            outcome,
            async csr =>
            {
                var info = await directory.DescribeAsync(csr, context.RequestAborted);
                return dryRun ? info with { Approver = Callers.Required(context).Name } : info;
            },
            BrokerJson.Default.CsrInfo);
    }
}
