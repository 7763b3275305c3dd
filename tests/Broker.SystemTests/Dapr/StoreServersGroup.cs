using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>Tests that share the servers run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StoreServersGroup : ICollectionFixture<StoreServers>
{
    public const string Name = "state store servers";
}
