using Broker.Server.Hosting;

namespace Broker.Server.Api;

/// <summary>
/// Answers only for the names in the broker's own certificate (RFC 9110 section 7.4, 421 Misdirected Request), so
/// that a connection made for one host cannot be used for another.
/// </summary>
internal sealed class AuthorityRules(LiveKeys keys)
{
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.IsHttps || keys.Current.Names.Allows(context.Request.Host))
        {
            return next(context);
        }

        return ProblemWriter.WriteAsync(
            context, "misdirected", $"This broker's certificate is not for '{context.Request.Host.Host}'.");
    }
}
