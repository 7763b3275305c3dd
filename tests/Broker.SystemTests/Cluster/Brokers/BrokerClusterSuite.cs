using Xunit;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>One after the other, on one cluster with a broker.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerClusterSuite : ICollectionFixture<BrokerClusterFixture>
{
    public const string Name = "cluster with a broker";
}
