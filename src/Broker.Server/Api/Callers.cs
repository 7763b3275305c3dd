using Broker.Core.Commands;
using Broker.Server.Authentication;

namespace Broker.Server.Api;

/// <summary>The caller that the access rules let through.</summary>
internal static class Callers
{
    /// <exception cref="InvalidOperationException">The access rules let nobody through: a bug.</exception>
    public static Caller Required(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("An endpoint ran without a caller.");

    /// <summary>The node that calls.</summary>
    public static NodeCaller Node(HttpContext context)
    {
        var caller = Required(context);
        return new NodeCaller(caller.NodeName!.Value, caller.NodeUid!.Value, caller.CertificateHash);
    }
}
