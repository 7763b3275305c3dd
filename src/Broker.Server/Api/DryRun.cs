using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api;

/// <summary>
/// An operator's change asked with <c>?dryRun=true</c>: it is decided and let go, so that the answer or the refusal is
/// the one that the change would get, and nothing of it happens.
/// </summary>
internal static class DryRun
{
    /// <summary>The query parameter of every change.</summary>
    public const string Parameter = "dryRun";

    /// <summary>Marks the answer of a change that was only tried.</summary>
    public const string Header = "Broker-Dry-Run";

    /// <summary>The parameter in the description of the surface.</summary>
    public static QueryParameter Described { get; } = new(
        Parameter, "Answers what the change would answer, and does nothing of it.", QueryKind.Flag);

    /// <summary>Reads the query of a change that has no other parameter.</summary>
    /// <exception cref="ApiProblemException">A parameter is not known here, or malformed.</exception>
    public static bool Read(HttpContext context) => Read(context, new QueryReader(context, Parameter));

    /// <exception cref="ApiProblemException">It is neither true nor false.</exception>
    public static bool Read(HttpContext context, QueryReader query)
    {
        if (!query.Flag(Parameter))
        {
            return false;
        }

        // When the answer starts: a problem clears what was set before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = "true";
            return Task.CompletedTask;
        });
        return true;
    }
}
