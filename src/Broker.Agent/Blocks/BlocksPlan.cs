using Broker.Client;

namespace Broker.Agent.Blocks;

/// <summary>What <c>broker-agent blocks</c> was told.</summary>
/// <param name="Endpoint">The broker's node listener, with the node's certificate.</param>
/// <param name="RequestFile">Where the request id lies from before the first try on.</param>
/// <param name="Wait">How long what passes may keep it waiting.</param>
internal sealed record BlocksPlan(BrokerEndpoint Endpoint, string RequestFile, TimeSpan Wait);
