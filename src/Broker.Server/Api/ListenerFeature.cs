namespace Broker.Server.Api;

/// <summary>Says by which listener a connection came in.</summary>
internal sealed record ListenerFeature(ListenerKind Kind);
