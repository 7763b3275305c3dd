using Broker.Testing.Kubernetes;

namespace Broker.SystemTests.Cluster;

/// <summary>
/// The one cluster that the tests of this folder share: started by the first that asks, so that a machine without its
/// parts skips tests instead of failing a fixture.
/// </summary>
public sealed class ClusterFixture : IAsyncDisposable
{
    private readonly Lazy<Task<TestCluster>> cluster = new(() => TestCluster.StartAsync(
        new ControlPlaneOptions { SigningDuration = TimeSpan.FromMinutes(2) }, podCidr: "10.244.77.0/24"));

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    internal Task<TestCluster> GetAsync()
    {
        TestCluster.Require();
        return cluster.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster.IsValueCreated && cluster.Value.IsCompletedSuccessfully)
        {
            await (await cluster.Value).DisposeAsync();
        }
    }
}
