using Broker.Testing.Kubernetes;

namespace Broker.SystemTests.Cluster.Deploy;

/// <summary>A cluster with a scheduler in which the broker is deployed; shared by the tests of this folder.</summary>
public sealed class DeployFixture : IAsyncDisposable
{
    private readonly Lazy<Task<TestCluster>> cluster = new(() => TestCluster.StartAsync(
        new ControlPlaneOptions { Scheduler = true }, podCidr: "10.244.79.0/24"));

    private readonly Lazy<Task<DeployedBroker>> broker;

    public DeployFixture() => broker = new(DeployAsync);

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    internal async Task<(TestCluster Cluster, DeployedBroker Broker)> GetAsync()
    {
        TestCluster.Require();
        DeployedBroker.Require();
        return (await cluster.Value, await broker.Value);
    }

    public async ValueTask DisposeAsync()
    {
        if (broker.IsValueCreated && broker.Value.IsCompletedSuccessfully)
        {
            (await broker.Value).Dispose();
        }

        if (cluster.IsValueCreated && cluster.Value.IsCompletedSuccessfully)
        {
            await (await cluster.Value).DisposeAsync();
        }
    }

    private async Task<DeployedBroker> DeployAsync()
    {
        var made = await cluster.Value;
        return await DeployedBroker.StartAsync(made.ControlPlane, made.Runtime, TestCluster.NodeName);
    }
}
