using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Broker.Contracts.Pools;
using Broker.SystemTests.Cluster.Brokers;
using Broker.SystemTests.Cni;
using Broker.Testing;
using Broker.Testing.Kubernetes;
using Broker.Testing.Namespaces;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.SystemTests.Cluster.PodCidrs;

/// <summary>
/// A real API server whose Nodes get their podCIDRs from the broker, and Debian's own host-local that reads them: a
/// control plane without a kubelet, so that a Node is nothing but what the test makes of it.
/// </summary>
public sealed class PodCidrTest
{
    private const string HostLocal = "/usr/lib/cni/host-local";
    private static readonly TimeSpan soon = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Node_gets_its_podCIDR_host_local_gives_an_address_in_it_and_the_deletion_gives_it_back()
    {
        ControlPlane.Require();
        Requires.That(File.Exists(HostLocal), "host-local is missing: apt-get install containernetworking-plugins");
        using var folder = new TempFolder();
        await using var cluster = await ControlPlane.StartAsync(new ControlPlaneOptions());
        await using var broker = await ClusterBroker.StartAsync(cluster);
        using var admin = cluster.Connect(cluster.Admin);
        await AdoptAsync(admin, broker);
        using var certificate = await Asking.WithTokenAsync(cluster, "node-p");
        var uid = await PutNodeAsync(admin, "node-p");

        var granted = await AgentAsync(folder, broker, certificate);

        Assert.Equal(["10.91.0.0/24"], granted);
        Assert.Equal(granted, await PodCidrsAsync(admin, "node-p"));
        Assert.Equal(granted, await AgentAsync(folder, broker, certificate));
        await AddressAsync(folder, granted[0]);

        // The real server's own rules: what is written once stays, whoever asks.
        Assert.False(await OverwriteAsync(admin, "node-p"));
        var block = (await broker.People.ListBlocksAsync(Cancellation)).OrThrow().Blocks.Single(b => b.NodeUid == uid);
        Assert.Equal("node_exists", (await broker.As(certificate).ReleaseBlockAsync(
            block.Block, block.Generation, Cancellation)).Problem?.Code);

        _ = await admin.CoreV1.DeleteNodeAsync("node-p", cancellationToken: Cancellation);
        await Eventually.HoldsAsync(
            "the block is reclaimed",
            async () => (await broker.EventsAsync()).Any(e => e.Type == "block.reclaimed"
                && e.Line.Contains("node_deleted", StringComparison.Ordinal)
                && e.Line.Contains(uid, StringComparison.Ordinal)),
            soon);

        await RejoinsAsync(folder, cluster, admin, broker);
    }

    /// <summary>The same name with another Node object: another podCIDR, for the old one cools.</summary>
    private static async Task RejoinsAsync(
        TempFolder folder, ControlPlane cluster, k8s.Kubernetes admin, ClusterBroker broker)
    {
        _ = await PutNodeAsync(admin, "node-p"); // Its UID is another one: the old one is gone for good.
        using var certificate = await Asking.WithTokenAsync(cluster, "node-p");
        File.Delete(folder["request"]);
        await Eventually.HoldsAsync(
            "the name is free",
            async () => await ReadmitAsync(broker, certificate),
            soon);

        Assert.Equal(["10.91.1.0/24"], await AgentAsync(folder, broker, certificate));
        Assert.Equal(["10.91.1.0/24"], await PodCidrsAsync(admin, "node-p"));
    }

    /// <summary>A bootstrap token's request for a name that was known is held; an operator lets it in.</summary>
    private static async Task<bool> ReadmitAsync(ClusterBroker broker, X509Certificate2 certificate)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        _ = await broker.People.AdoptCertificateAsync("node-p", new(hash, null, "made anew"), default);
        return (await broker.As(certificate).WhoAmIAsync(default)).Problem is null;
    }

    /// <summary>A Node that had a podCIDR before there was a pool: taken over before the pool opens.</summary>
    private static async Task AdoptAsync(k8s.Kubernetes admin, ClusterBroker broker)
    {
        _ = await PutNodeAsync(admin, "node-old", "10.91.7.0/24");
        var pool = new PoolDefinition("10.91.0.0/16", Commit: "local", PodCidrs: true, NodeDeletionIsEvidence: true);
        _ = (await broker.People.DefinePoolAsync("nodes", pool, default)).OrThrow();
        await Eventually.HoldsAsync(
            "what node-old has is written down, and the pool opens",
            async () => (await broker.People.OpenPoolAsync("nodes", new("a new cluster"), default)).Problem is null,
            soon);
        var kept = (await broker.People.ListReservationsAsync(default)).OrThrow().Reservations.Single();
        Assert.Equal(("node-old", "10.91.7.0-10.91.7.255"), (kept.Name, kept.Addresses));
    }

    private static async Task<string> PutNodeAsync(k8s.Kubernetes admin, string name, params string[] podCidrs)
    {
        var made = await admin.CoreV1.CreateNodeAsync(new V1Node
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new V1NodeSpec { PodCIDR = podCidrs.FirstOrDefault(), PodCIDRs = podCidrs },
        });
        return made.Metadata.Uid;
    }

    private static async Task<IReadOnlyList<string>> PodCidrsAsync(k8s.Kubernetes admin, string name)
    {
        V1Node? node = null;
        await Eventually.HoldsAsync(
            $"{name} has a podCIDR",
            async () => (node = await admin.CoreV1.ReadNodeAsync(name)).Spec.PodCIDRs is { Count: > 0 },
            soon);
        Assert.Equal(node!.Spec.PodCIDR, node.Spec.PodCIDRs[0]);
        return [.. node.Spec.PodCIDRs];
    }

    private static async Task<bool> OverwriteAsync(k8s.Kubernetes admin, string name)
    {
        const string Patch = """{"spec":{"podCIDR":"10.92.0.0/24","podCIDRs":["10.92.0.0/24"]}}""";
        try
        {
            _ = await admin.CoreV1.PatchNodeAsync(new V1Patch(Patch, V1Patch.PatchType.MergePatch), name);
            return true;
        }
        catch (k8s.Autorest.HttpOperationException error)
        {
            Assert.Equal(422, (int)error.Response.StatusCode);
            return false;
        }
    }

    /// <summary><c>broker-agent blocks</c> as a process: what it prints.</summary>
    private static async Task<IReadOnlyList<string>> AgentAsync(
        TempFolder folder, ClusterBroker broker, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        var pem = folder.Write("node.pem", $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        await using var agent = TestProcess.StartDotnet(
            Path.Combine(AppContext.BaseDirectory, "broker-agent.dll"),
            [
                "blocks", "--broker", broker.Node.GetLeftPart(UriPartial.Authority), "--ca-file", broker.CaFile,
                "--certificate-file", pem, "--request-file", folder["request"], "--wait-seconds", "60",
            ]);
        var code = await agent.WaitForExitAsync(TimeSpan.FromSeconds(90));
        Assert.True(code == 0, string.Join('\n', agent.Errors));
        return [.. agent.Output];
    }

    /// <summary>Debian's bridge with Debian's host-local, whose range is what stands on the Node.</summary>
    private static async Task AddressAsync(TempFolder folder, string podCidr)
    {
        await using var pod = await NetworkNamespace.CreateAsync();
        await using var bridge = new BridgeDevice();
        var config = new JsonObject
        {
            ["cniVersion"] = "0.4.0",
            ["name"] = "podcidr",
            ["type"] = "bridge",
            ["bridge"] = bridge.Name,
            ["isGateway"] = true,
            ["ipam"] = new JsonObject
            {
                ["type"] = "host-local",
                ["dataDir"] = folder["host-local"],
                ["ranges"] = new JsonArray(new JsonArray(new JsonObject { ["subnet"] = podCidr })),
            },
        }.ToJsonString();
        (string, string)[] Variables(string verb) =>
        [
            ("CNI_COMMAND", verb), ("CNI_CONTAINERID", "podcidr-1"), ("CNI_NETNS", pod.Path), ("CNI_IFNAME", "eth0"),
            ("CNI_PATH", "/usr/lib/cni"),
        ];

        var added = await PluginCall.RunAsync("/usr/lib/cni/bridge", config, Variables("ADD"));
        Assert.True(added.ExitCode == 0, added.Output + added.Errors);
        var prefix = podCidr[..podCidr.LastIndexOf('.')];
        var address = Assert.Single(added.Addresses);
        Assert.StartsWith(prefix + ".", address, StringComparison.Ordinal);
        Assert.InRange(int.Parse(address.Split('.')[3], CultureInfo.InvariantCulture), 2, 254);
        var deleted = await PluginCall.RunAsync("/usr/lib/cni/bridge", config, Variables("DEL"));
        Assert.True(deleted.ExitCode == 0, deleted.Output + deleted.Errors);
    }
}
