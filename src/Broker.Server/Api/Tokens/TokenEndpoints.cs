using Broker.Contracts;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Tokens;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Server.Enrolment;
using Broker.Server.Options;

namespace Broker.Server.Api.Tokens;

/// <summary>Bootstrap tokens; the secret leaves the broker once, when it is made.</summary>
internal sealed class TokenEndpoints(Answers answers, BrokerSettings settings, TimeProvider time)
{
    private const int NodesMax = 1024;
    private const long TtlSecondsMax = 31_536_000;

    public async Task IssueAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
        var body = await RequestBody.ReadOrDefaultAsync(context, StrictJson.Context.TokenRequest, new TokenRequest());
        var ttl = body.TtlSeconds ?? settings.Enrolment.TokenTtlSeconds;
        if (ttl is < 1 or > TtlSecondsMax)
        {
            throw new ApiProblemException("invalid_field", $"ttlSeconds: 1 to {TtlSecondsMax}, not {ttl}.");
        }

        var token = BootstrapToken.New();
        var command = new IssueToken(
            Operators.Actor(context),
            token.Id,
            token.SecretHash,
            FieldReader.ReadList<NodeName>("nodes", body.Nodes, NodesMax, NodeName.TryParse),
            Instant.From(time.GetUtcNow().AddSeconds(ttl)),
            Operators.Reason(body.Reason));
        await answers.ChangeAsync(
            context,
            dryRun,
            command,
            view => Task.FromResult(new TokenIssuedResponse(
                dryRun ? string.Empty : token.ToString(), // No secret is shown that opens nothing.
                dryRun ? string.Empty : token.Id.Value,
                view.Expires.ToString(), [.. view.Nodes.Select(node => node.Value)])),
            BrokerJson.Default.TokenIssuedResponse);
    }

    public async Task RevokeAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
        var id = FieldReader.Read<TokenId>("id", (string?)context.Request.RouteValues["id"], TokenId.TryParse);
        var body = await RequestBody.ReadOrDefaultAsync(
            context, StrictJson.Context.ChangeRequest, new ChangeRequest());
        await answers.ChangeAsync(
            context,
            dryRun,
            new RevokeToken(Operators.Actor(context), id, Operators.Reason(body.Reason)),
            token => Task.FromResult(Wire.Of(token)),
            BrokerJson.Default.TokenInfo);
    }

    public async Task ListAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var tokens = await answers.ReadAsync(context, queries => queries.Tokens());
        await Answers.WriteAsync(
            context, new TokenList([.. tokens.Select(Wire.Of)], answers.Position), BrokerJson.Default.TokenList);
    }
}
