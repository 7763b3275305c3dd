using Broker.Contracts.Addresses;
using Broker.Contracts.Routes;

namespace Broker.Server.Api.OpenApi;

/// <summary>What the description of the surface says of endpoints that are alone of their kind.</summary>
internal static class OtherDocs
{
    private const string Text = "text/plain";

    public static EndpointAbout Events { get; } = new(
        "streamEvents",
        "Streams the journal as Server-Sent Events, for ever: from just after a position, or from its start. A "
        + "Last-Event-ID header wins over the query.")
    {
        Media = "text/event-stream",
        Query = [new("after", "The last position that the caller has; -1 for none.", QueryKind.Number)],
        Problems = ["cursor_ahead"],
    };

    public static EndpointAbout Address { get; } = new("whoHolds", "Says who holds an address, or held it at a time.")
    {
        Gives = typeof(AddressAnswer),
        Query = [new("at", "A time, RFC 3339 in UTC; now when left out.")],
    };

    public static EndpointAbout Routes { get; } = new(
        "listRoutes", "Lists which node each live block is to be routed to; blocks of flat pools need no route.")
    {
        Gives = typeof(RouteList),
        Media = Text,
        Query =
        [
            new("format", "json, or lines for sh that set the routes.") { Values = ["json", "ip-route"] },
        ],
    };

    public static EndpointAbout OwnDescription { get; } = new("describe", "Describes this listener, as OpenAPI 3.1.")
    {
        Media = "application/json",
    };

    public static EndpointAbout Description { get; } = new(
        "describe", "Describes this listener or another one, as OpenAPI 3.1.")
    {
        Media = "application/json",
        Query =
        [
            new("listener", "Which one; people when left out.") { Values = ["node", "people", "enrol", "health"] },
        ],
    };

    public static EndpointAbout Live { get; } = new("live", "Says whether the process works.") { Media = Text };

    public static EndpointAbout Ready { get; } = new("ready", "Says whether the broker serves.") { Media = Text };

    public static EndpointAbout Metrics { get; } = new("metrics", "The metrics, in the text form of Prometheus.")
    {
        Media = Text,
    };
}
