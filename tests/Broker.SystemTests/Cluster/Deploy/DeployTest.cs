using System.Text.Json.Nodes;
using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;
using k8s;
using Xunit;

namespace Broker.SystemTests.Cluster.Deploy;

/// <summary>The broker as a pod from the manifests of <c>deploy/</c>, on a real kubelet.</summary>
[Collection(ClusterSuite.Name)]
public sealed class DeployTest(DeployFixture fixture)
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_pod_is_ready_without_root_and_witnesses_the_kubelets_request()
    {
        var (cluster, broker) = await fixture.GetAsync();

        var pod = Assert.Single((await cluster.Admin.CoreV1.ListNamespacedPodAsync(
            DeployedBroker.Namespace,
            labelSelector: "app.kubernetes.io/component=broker",
            cancellationToken: TestContext.Current.CancellationToken)).Items);
        Assert.True(pod.Spec.HostNetwork);
        Assert.All(pod.Status.ContainerStatuses, status => Assert.True(status.Ready));
        Assert.Equal(1654, pod.Spec.SecurityContext.RunAsUser);
        await Eventually.HoldsAsync(
            "the kubelet's certificate is on record",
            async () => await NodeAsync(broker) is { } node && (string?)node["standing"] == "active"
                && node["certificates"]!.AsArray().Count > 0,
            deadline);
    }

    [Fact]
    public async Task The_plugin_is_on_the_node_with_the_brokers_CA()
    {
        var (_, broker) = await fixture.GetAsync();
        var places = broker.Places;

        Assert.True(File.Exists(Path.Combine(places.CniBin, "broker-ipam")));
        Assert.Equal(
            await File.ReadAllTextAsync(
                Path.Combine(places.Ledger, "pki", "broker-ca.crt"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(
                Path.Combine(places.Etc, "ca.crt"), TestContext.Current.CancellationToken));
        Assert.Contains(
            $"https://127.0.0.1:{places.NodePort}",
            await File.ReadAllTextAsync(
                Path.Combine(places.CniConf, "10-broker.conflist"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_gets_its_address_from_the_broker_and_the_next_one_is_told_why_there_is_none()
    {
        var (cluster, broker) = await fixture.GetAsync();
        // One address: the network's, the gateway's and the broadcast address are kept back.
        _ = await broker.ControlAsync(
            "pools", "define", "pods", "--cidr", "10.99.0.0/30", "--block-prefix-length", "30", "--open");
        var pod = await TestPods.RunAsync(cluster, "addressed");
        Assert.Equal("10.99.0.2", pod.Status.PodIP);
        var who = await broker.ControlAsync("who", pod.Status.PodIP, "-o", "json");
        Assert.Contains(pod.Metadata.Uid, who, StringComparison.Ordinal);

        await TestPods.CreateAsync(cluster, "waiting");
        var described = "";
        await Eventually.HoldsAsync(
            "kubectl describe says why",
            async () => (described = await broker.Kubectl.RunAsync("describe", "pod", "waiting"))
                .Contains("No address from Broker", StringComparison.Ordinal),
            deadline);
        Assert.Matches("Warning +(Pool|Block)(Exhausted|Limit) .* broker", described);

        await TestPods.DeleteAsync(cluster, "waiting");
        await TestPods.DeleteAsync(cluster, "addressed");
        await Eventually.HoldsAsync(
            "the lease has ended",
            async () => !(await broker.ControlAsync("leases", "list", "-o", "json"))
                .Contains(pod.Metadata.Uid, StringComparison.Ordinal),
            deadline);
    }

    [Fact]
    public async Task A_second_ledger_is_not_made_over_the_first()
    {
        var (_, broker) = await fixture.GetAsync();
        var before = await broker.InContainerAsync("broker", "ca", "--data", "/var/lib/broker/ledger");

        var again = await Assert.ThrowsAsync<InvalidOperationException>(
            () => broker.InContainerAsync("broker", "init", "--data", "/var/lib/broker/ledger"));

        Assert.Contains("folder_not_empty", again.Message, StringComparison.Ordinal);
        Assert.Equal(before, await broker.InContainerAsync("broker", "ca", "--data", "/var/lib/broker/ledger"));
    }

    [Fact]
    public async Task The_API_server_takes_every_manifest_in_a_dry_run()
    {
        var (_, broker) = await fixture.GetAsync();

        foreach (var part in new[] { "deploy", "deploy/init", "deploy/adopt", "deploy/remove" })
        {
            // A Job cannot be changed, so the one that is there is compared under another name.
            var folder = Path.Combine(RepositoryFolder.Path, part);
            var text = await broker.Kubectl.TryAsync("kustomize", folder);
            Assert.Equal(0, text.ExitCode);
            using var files = new TempFolder();
            var file = files.Write("all.yaml", text.Text.Replace(
                "name: broker-init\n", "name: broker-init-dry\n", StringComparison.Ordinal));
            var result = await broker.Kubectl.TryAsync("apply", "--dry-run=server", "-f", file);
            Assert.True(result.ExitCode == 0, result.Text);
        }
    }

    private static async Task<JsonNode?> NodeAsync(DeployedBroker broker) =>
        JsonNode.Parse(await broker.ControlAsync("nodes", "list", "-o", "json"))!["nodes"]!.AsArray()
            .SingleOrDefault(node => (string?)node!["name"] == TestCluster.NodeName);
}
