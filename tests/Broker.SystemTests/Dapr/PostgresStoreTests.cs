using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>The conformance suite on PostgreSQL, through the sidecar's double.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class PostgresStoreTests(StoreServers servers) : DaprConformance(servers, StoreServer.Postgres);
