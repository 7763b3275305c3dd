using System.Security.Cryptography.X509Certificates;
using System.Text;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.SystemTests.Cluster;

[Collection(ClusterSuite.Name)]
public sealed class NodeTest(ClusterFixture fixture)
{
    /// <summary>Renewal falls due within a minute and a half; the rest is for a slow machine.</summary>
    private static readonly TimeSpan rotationDeadline = TimeSpan.FromMinutes(4);

    private const string Signer = "kubernetes.io/kube-apiserver-client-kubelet";

    [Fact]
    public async Task A_kubelet_joins_by_its_own_request_which_is_approved_by_rule()
    {
        var cluster = await fixture.GetAsync();

        // Other tests join nodes later.
        var first = (await RequestsAsync(cluster))[0];

        Assert.StartsWith("system:bootstrap:", first.Spec.Username, StringComparison.Ordinal);
        Assert.Contains("system:bootstrappers", first.Spec.Groups);
        var approved = Assert.Single(first.Status.Conditions);
        Assert.Equal(("Approved", "AutoApproved"), (approved.Type, approved.Reason));
        using var certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(first.Status.Certificate));
        Assert.Equal($"CN=system:node:{TestCluster.NodeName}, O=system:nodes", certificate.Subject);
    }

    [Fact]
    public async Task A_pod_runs_with_an_address_of_the_node_and_gives_it_back_when_it_is_deleted()
    {
        var cluster = await fixture.GetAsync();

        var pod = await TestPods.RunAsync(cluster, "one-pod");

        Assert.StartsWith("10.244.77.", pod.Status.PodIP, StringComparison.Ordinal);
        var lease = Path.Combine(cluster.Runtime.Folder, "cni", "leases", "test", pod.Status.PodIP);
        Assert.True(File.Exists(lease), lease);
        await TestPods.DeleteAsync(cluster, "one-pod");
        await Eventually.HoldsAsync(
            "the address is free", () => Task.FromResult(!File.Exists(lease)), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_kubelet_renews_its_certificate_by_itself_with_the_one_that_it_has()
    {
        var cluster = await fixture.GetAsync();
        var joined = Encoding.ASCII.GetString((await RequestsAsync(cluster))[0].Status.Certificate);

        // Mostly it has done so while other tests waited for something else.
        await Eventually.HoldsAsync(
            "the kubelet uses another certificate than it joined with",
            async () => !(await File.ReadAllTextAsync(cluster.Kubelet.CertificateFile))
                .Contains(joined.Trim(), StringComparison.Ordinal),
            rotationDeadline);

        Assert.Contains(
            await RequestsAsync(cluster),
            request => request.Spec.Username == $"system:node:{TestCluster.NodeName}"
                && request.Spec.Groups.Contains("system:nodes"));
        _ = await cluster.Kubelet.WaitUntilReadyAsync(cluster.Admin);
    }

    /// <summary>Those of this node that were answered with a certificate, oldest first.</summary>
    private static async Task<IReadOnlyList<V1CertificateSigningRequest>> RequestsAsync(TestCluster cluster)
    {
        var all = await cluster.Admin.CertificatesV1.ListCertificateSigningRequestAsync(
            fieldSelector: $"spec.signerName={Signer}");
        return [.. all.Items.Where(item => item.Status?.Certificate is not null)
            .OrderBy(item => item.Metadata.CreationTimestamp)];
    }
}
