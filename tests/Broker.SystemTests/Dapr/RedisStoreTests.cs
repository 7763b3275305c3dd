using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>The conformance suite on Redis, through the sidecar's double.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class RedisStoreTests(StoreServers servers) : DaprConformance(servers, StoreServer.Redis);
