using Broker.SystemTests.Cluster.Deploy;
using Xunit;

namespace Broker.SystemTests.Cluster;

/// <summary>One after the other: a test may stop the API server that all of them share.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterSuite : ICollectionFixture<ClusterFixture>, ICollectionFixture<DeployFixture>
{
    public const string Name = "cluster";
}
