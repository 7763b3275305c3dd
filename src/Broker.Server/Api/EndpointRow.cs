namespace Broker.Server.Api;

/// <summary>One line of the endpoint table: where, how, by whom, and what answers.</summary>
internal sealed record EndpointRow(
    ListenerKind Listener, string Method, string Path, CallerKinds Allowed, RequestDelegate Handler);
