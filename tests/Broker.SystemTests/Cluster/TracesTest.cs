using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Cluster;

/// <summary>A second cluster beside the shared one: two at once do not meet, and one leaves nothing.</summary>
[Collection(ClusterSuite.Name)]
public sealed class TracesTest(ClusterFixture fixture)
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Two_clusters_live_beside_each_other_and_nothing_is_left_of_the_one_that_ends()
    {
        var other = await fixture.GetAsync();
        NodeRuntime node;
        ControlPlane controlPlane;
        await using (var cluster = await TestCluster.StartAsync(new ControlPlaneOptions(), podCidr: "10.244.78.0/24"))
        {
            (node, controlPlane) = (cluster.Runtime, cluster.ControlPlane);
            var pod = await TestPods.RunAsync(cluster, "left-running");
            Assert.StartsWith("10.244.78.", pod.Status.PodIP, StringComparison.Ordinal);
            var during = node.Traces();
            Assert.Contains(during, trace => trace.StartsWith("process", StringComparison.Ordinal));
            Assert.Contains(during, trace => trace.StartsWith("network device", StringComparison.Ordinal));
            Assert.Contains(during, trace => trace.StartsWith("control group", StringComparison.Ordinal));
        }

        await Eventually.HoldsAsync(
            $"nothing is left of the node in {node.Folder}", () => Task.FromResult(node.Traces().Count == 0), deadline);
        Assert.Empty(controlPlane.Traces());
        _ = await other.Kubelet.WaitUntilReadyAsync(other.Admin);
    }
}
