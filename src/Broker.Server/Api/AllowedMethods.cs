using Microsoft.AspNetCore.Routing.Template;

namespace Broker.Server.Api;

/// <summary>
/// Which methods a path takes on one listener. Routing knows one path for all listeners, so its own answer would name
/// methods that belong to another one.
/// </summary>
internal sealed class AllowedMethods(EndpointTable table)
{
    private readonly ILookup<ListenerKind, (TemplateMatcher Path, string Method)> _byListener = table.Rows.ToLookup(
        row => row.Listener, row => (new TemplateMatcher(TemplateParser.Parse(row.Path), []), row.Method));

    /// <summary>The methods in the order of the table; none when there is no such path.</summary>
    public IReadOnlyList<string> Of(ListenerKind listener, PathString path) =>
    [
        .. _byListener[listener].Where(row => row.Path.TryMatch(path, [])).Select(row => row.Method),
    ];
}
