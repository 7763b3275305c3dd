using Broker.Testing.Kubernetes;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>
/// The one cluster with a broker that the tests of this folder share: started by the first that asks, so that a machine
/// without its parts skips tests instead of failing a fixture.
/// </summary>
public sealed class BrokerClusterFixture : IAsyncDisposable
{
    /// <summary>
    /// A kubelet renews between half a minute and two minutes after it has got a certificate, and the old one lives for
    /// another minute at least, mostly for two.
    /// </summary>
    private static readonly TimeSpan signingDuration = TimeSpan.FromMinutes(3);

    private readonly Lazy<Task<BrokerCluster>> cluster = new(() => BrokerCluster.StartAsync(
        new ControlPlaneOptions { SigningDuration = signingDuration }));

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    internal Task<BrokerCluster> GetAsync()
    {
        BrokerCluster.Require();
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
