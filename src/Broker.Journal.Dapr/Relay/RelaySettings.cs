namespace Broker.Journal.Dapr.Relay;

/// <summary>Where events go: a pub/sub component of the same sidecar, and a topic.</summary>
/// <param name="PubSub">The component's name.</param>
/// <param name="Topic">The topic.</param>
public sealed record RelaySettings(string PubSub, string Topic);
