using Broker.Identity.Trust;
using Broker.Server.Authentication;
using Broker.Server.Cluster;
using Microsoft.AspNetCore.Http.Features;

namespace Broker.Server.Api;

/// <summary>
/// Who may call what: the row of the endpoint decides, and what has no row or no fitting caller is refused. Runs after
/// routing and authentication, before every endpoint.
/// </summary>
internal sealed class AccessRules(
    IdentityAlarms alarms, FirstUse firstUse, RefusalCounter counter, AllowedMethods methods, ClusterDoor door)
{
    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var listener = context.Features.GetRequiredFeature<ListenerFeature>().Kind;
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<EndpointRow>() is not { } row || row.Listener != listener)
        {
            await RefuseUnknownAsync(context, listener);
            return;
        }

        if ((row.Allowed & (CallerKinds.Anybody | CallerKinds.TokenHolder)) != 0)
        {
            await next(context);
            return;
        }

        if (context.Features.Get<CallerRefusal>() is { } found)
        {
            var refusal = await door.WeighAsync(found);
            counter.CountKnown(refusal);
            await alarms.RaiseAsync(refusal);
            await ProblemWriter.WriteAsync(context, refusal.Code, refusal.Detail);
            return;
        }

        if (context.Features.Get<Caller>() is not { } caller)
        {
            await ProblemWriter.WriteAsync(
                context, "client_certificate_required", $"{row.Method} {row.Path} is for {row.Allowed}.");
            return;
        }

        if ((row.Allowed & KindOf(caller.Role)) == 0)
        {
            await ProblemWriter.WriteAsync(
                context, "forbidden_role", $"{row.Method} {row.Path} is for {row.Allowed}, not for {caller.Role}.");
            return;
        }

        await firstUse.RecordAsync(caller, context.RequestAborted);
        await next(context);
    }

    private static CallerKinds KindOf(CallerRole role) => role switch
    {
        CallerRole.Node => CallerKinds.Node,
        CallerRole.Operator => CallerKinds.Operator,
        CallerRole.Auditor => CallerKinds.Auditor,
        _ => CallerKinds.None,
    };

    private Task RefuseUnknownAsync(HttpContext context, ListenerKind listener)
    {
        var path = context.Request.Path;
        var allowed = methods.Of(listener, path);
        if (allowed.Count == 0)
        {
            return ProblemWriter.WriteAsync(context, "not_found", $"{context.Request.Method} {path.Value}");
        }

        context.Response.Headers.Allow = string.Join(", ", allowed);
        return ProblemWriter.WriteAsync(context, "method_not_allowed", $"{context.Request.Method} {path.Value}");
    }
}
