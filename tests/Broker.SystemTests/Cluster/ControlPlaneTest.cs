using System.Net;
using Broker.Testing.Processes;
using k8s;
using k8s.Autorest;
using Xunit;

namespace Broker.SystemTests.Cluster;

[Collection(ClusterSuite.Name)]
public sealed class ControlPlaneTest(ClusterFixture fixture)
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_control_plane_serves_and_knows_its_version()
    {
        var cluster = await fixture.GetAsync();

        var version = await cluster.Admin.Version.GetCodeAsync(TestContext.Current.CancellationToken);

        Assert.Equal("v1.20.2", version.GitVersion);
    }

    [Fact]
    public async Task A_bootstrap_token_makes_nobody_more_than_somebody_who_may_ask()
    {
        var cluster = await fixture.GetAsync();
        var token = await cluster.ControlPlane.IssueBootstrapTokenAsync();
        using var client = cluster.ControlPlane.Connect(token);

        // The authenticator hears of a new token by its own watch.
        await Eventually.HoldsAsync(
            "the token is known",
            async () => await ListPodsAsync(client) != HttpStatusCode.Unauthorized,
            deadline);

        Assert.Equal(HttpStatusCode.Forbidden, await ListPodsAsync(client));
    }

    [Fact]
    public async Task The_API_server_goes_away_for_a_while_and_everything_comes_back()
    {
        var cluster = await fixture.GetAsync();
        var before = await cluster.Kubelet.WaitUntilReadyAsync(cluster.Admin);

        await cluster.ControlPlane.KillApiServerAsync();
        var refused = await Record.ExceptionAsync(() => ListPodsAsync(cluster.Admin));
        await cluster.ControlPlane.StartApiServerAsync();
        _ = Assert.IsType<HttpRequestException>(refused, exactMatch: false);

        await Eventually.HoldsAsync(
            "the kubelet has renewed its lease since",
            async () => await LeaseRenewedAsync(cluster) > before.Status.Conditions.Max(x => x.LastHeartbeatTime),
            deadline);
        var pod = await TestPods.RunAsync(cluster, "after-the-outage");
        await TestPods.DeleteAsync(cluster, pod.Metadata.Name);
    }

    private static async Task<DateTime?> LeaseRenewedAsync(TestCluster cluster)
    {
        var lease = await cluster.Admin.CoordinationV1.ReadNamespacedLeaseAsync(
            TestCluster.NodeName, "kube-node-lease");
        return lease.Spec.RenewTime;
    }

    private static async Task<HttpStatusCode> ListPodsAsync(k8s.Kubernetes client)
    {
        try
        {
            _ = await client.CoreV1.ListPodForAllNamespacesAsync();
            return HttpStatusCode.OK;
        }
        catch (HttpOperationException error)
        {
            return error.Response.StatusCode;
        }
    }
}
