using Broker.Core.Refusals;
using Broker.Server.Authentication;
using Broker.Server.Limits;

namespace Broker.Server.Api;

/// <summary>
/// Turns away a node that asks too often. Runs after the access rules: whoever is refused there, such as a certificate
/// that is not on record, uses up nothing of the node that it names.
/// </summary>
internal sealed class RateLimitRules(NodeRateLimits limits, RefusalCounter refusals)
{
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Caller>() is not { NodeName: { } node } caller)
        {
            return next(context);
        }

        var row = context.GetEndpoint()!.Metadata.GetRequiredMetadata<EndpointRow>();
        if (limits.Take(node, row.KeptShare) is not { } wait)
        {
            return next(context);
        }

        refusals.Count(RefusalCode.RateLimited, caller.CertificateHash, node);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return ProblemWriter.WriteAsync(
            context, "rate_limited", $"Node '{node}' may ask again in {seconds} s.", seconds);
    }
}
