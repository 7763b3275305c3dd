using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Client;
using Broker.Contracts.Leases;
using Broker.SystemTests.Ctl;
using Broker.Testing.Pki;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>The life of a node and its pods with a broker, step by step, on the real thing.</summary>
[Collection(BrokerClusterSuite.Name)]
[TestMethodOrderer(typeof(StepOrderer))]
public sealed class ScenarioTest(BrokerClusterFixture fixture, Story story) : IClassFixture<Story>
{
    private const string SecondNode = "node-b";
    private const string LongPod = "long-lived";
    private static readonly string[] refusedAtTheDoor =
    [
        "A client certificate was refused: untrusted", "A client certificate was refused: signature",
        "A client certificate was refused: partial_chain",
    ];

    private static readonly TimeSpan soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan rotationDeadline = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(60);

    [Fact]
    public Task A_kubelet_joins_by_its_own_request_and_the_broker_witnesses_it() => StepAsync(async cluster =>
    {
        using var certificate = cluster.KubeletCertificate();
        await HearsAsync(cluster, certificate, await UidAsync(cluster, TestCluster.NodeName));

        var node = await cluster.NodeAsync();

        Assert.True(node.Registered);
        var current = Assert.Single(node.Certificates, c => c.Slot == "current");
        Assert.Equal(HashOf(certificate), current.Certificate);
        Assert.Equal("witnessed", current.Assurance);

        // It may have renewed since.
        var custody = (await cluster.Broker.People.ReadCustodyAsync(TestCluster.NodeName, default)).OrThrow();
        var first = custody.Requests[0];
        Assert.StartsWith("system:bootstrap:", first.Requester, StringComparison.Ordinal);
        Assert.Equal(("issued", "AutoApproved"), (first.Status, first.Approval));
    });

    [Fact]
    public Task Its_certificate_earns_a_block() => StepAsync(async cluster =>
    {
        using var certificate = cluster.KubeletCertificate();

        var granted = (await cluster.Broker.As(certificate).GrantBlocksAsync(
            new("scenario-block-1", [ClusterBroker.Pool]), default)).OrThrow();

        var block = Assert.Single(granted.Blocks);
        Assert.Equal(TestCluster.NodeName, block.Node);
        Assert.Equal(await UidAsync(cluster, TestCluster.NodeName), block.NodeUid);
    });

    [Fact]
    public Task Pods_get_addresses_from_our_plugin_and_reach_each_other() => StepAsync(async cluster =>
    {
        var first = await TestPods.RunAsync(cluster.Cluster, LongPod);

        story.Address = first.Status.PodIP;
        _ = await TestPods.SucceedAsync(
            cluster.Cluster, "second", "ping", "-c", "1", "-w", "30", story.Address);

        var lease = Assert.Single(await cluster.LeasesAsync(LongPod));
        Assert.Equal(story.Address, lease.Address);
        Assert.Equal(new(TestPods.Namespace, LongPod, first.Metadata.Uid), lease.Pod);
    });

    [Fact]
    public Task A_deleted_pod_frees_its_lease() => StepAsync(async cluster =>
    {
        await TestPods.DeleteAsync(cluster.Cluster, "second");

        await Eventually.HoldsAsync(
            "the lease is free", async () => (await cluster.LeasesAsync("second")).Count == 0, soon);
        Assert.Single(await cluster.LeasesAsync(LongPod));
    });

    [Fact]
    public Task A_pod_of_another_node_or_one_that_is_not_there_is_refused() => StepAsync(PodSteps.RefusedAsync);

    [Fact]
    public Task An_annotation_of_the_pod_chooses_its_pool() => StepAsync(PodSteps.AnnotatedAsync);

    [Fact]
    public Task A_pod_deleted_by_force_leaves_an_address_that_nobody_releases() => StepAsync(
        async cluster => story.Leaked = await PodSteps.LeakAsync(cluster));

    [Fact]
    public Task The_kubelet_renews_and_the_new_certificate_takes_over_without_a_pod_noticing() => StepAsync(
        async cluster =>
        {
            var before = await cluster.Cluster.Admin.CoreV1.ReadNamespacedPodAsync(LongPod, TestPods.Namespace);
            story.Replaced = await RenewedAsync(cluster);

            // The plugin shows the new one: its first use makes it current.
            var after = await TestPods.RunAsync(cluster.Cluster, "after-renewal");
            await ReplacedAsync(cluster, story.Replaced);
            story.GraceOver = TimeProvider.System.GetUtcNow() + grace + TimeSpan.FromSeconds(1);

            _ = await TestPods.SucceedAsync(
                cluster.Cluster, "reaches-the-old-one", "ping", "-c", "1", "-w", "30", story.Address!);
            var pod = await cluster.Cluster.Admin.CoreV1.ReadNamespacedPodAsync(LongPod, TestPods.Namespace);
            Assert.Equal(story.Address, pod.Status.PodIP);
            Assert.Equal(before.Status.ContainerStatuses[0].ContainerID, pod.Status.ContainerStatuses[0].ContainerID);
            Assert.NotEqual(story.Address, after.Status.PodIP);
            Assert.Single(await cluster.LeasesAsync(LongPod));
        });

    [Fact]
    public Task Two_looks_at_the_pod_bring_that_address_back() => StepAsync(
        cluster => PodSteps.RecoveredAsync(cluster, story.Leaked!));

    [Fact]
    public Task A_certificate_that_was_never_asked_for_is_refused_and_alarms() => StepAsync(async cluster =>
    {
        using var forged = new Asking(cluster.Cluster.ControlPlane, TestCluster.NodeName)
            .Forge(cluster.Cluster.ControlPlane.Authority.Signer);

        await HearsAsync(cluster, forged, "unwitnessed");

        await AlarmsAsync(cluster, forged);
    });

    [Fact]
    public Task One_of_a_denied_request_is_refused() => StepAsync(async cluster =>
    {
        var asking = new Asking(cluster.Cluster.ControlPlane, TestCluster.NodeName);
        await asking.FileAsync(
            await cluster.Cluster.ControlPlane.IssueBootstrapTokenAsync(),
            Asking.KubeletSigner,
            Asking.UsagesOfNewKubelets);
        await asking.DecideAsync("Denied");
        using var signedAllTheSame = asking.Forge(cluster.Cluster.ControlPlane.Authority.Signer);

        await HearsAsync(cluster, signedAllTheSame, "csr_denied");

        // The denial is on record: whoever asks what was tried finds it after the object is gone.
        Assert.Contains(
            await cluster.Broker.EventsAsync(),
            e => e.Type == "csr.denied" && e.Line.Contains(asking.Name, StringComparison.Ordinal));
    });

    [Fact]
    public Task One_of_another_signer_name_is_refused() => StepAsync(async cluster =>
    {
        var asking = new Asking(cluster.Cluster.ControlPlane, TestCluster.NodeName);
        await asking.FileAsync(
            cluster.Cluster.ControlPlane.Admin, "kubernetes.io/kube-apiserver-client", Asking.Usages);
        await asking.DecideAsync("Approved");
        using var certificate = await asking.CertificateAsync();

        // The same CA, the same subject, dated back by its signer to before the broker watched.
        await HearsAsync(cluster, certificate, "evidence_gap", "unwitnessed");
    });

    [Fact]
    public Task One_of_another_CA_with_the_same_names_is_refused() => StepAsync(async cluster =>
    {
        var other = TestAuthority.Root("kubernetes", TimeProvider.System.GetUtcNow());
        using var certificate = new Asking(cluster.Cluster.ControlPlane, TestCluster.NodeName).Forge(other);

        // It does not get as far as an answer: the handshake ends, and the log says why.
        Assert.StartsWith(
            "no answer", await cluster.OutcomeAsync(cluster.Broker.As(certificate)), StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            "the refusal is in the log",
            () => Task.FromResult(cluster.Broker.Output.Any(line => refusedAtTheDoor.Any(line.Contains))),
            soon);
    });

    [Fact]
    public Task A_node_that_asks_for_another_nodes_block_or_lease_gets_neither() => StepAsync(async cluster =>
    {
        story.Second = await JoinAsync(cluster, SecondNode);
        var block = Assert.Single(
            (await cluster.Broker.People.ListBlocksAsync(default)).OrThrow().Blocks,
            each => (each.Node, each.Pool) == (TestCluster.NodeName, ClusterBroker.Pool));
        var lease = Assert.Single(await cluster.LeasesAsync(LongPod));
        var second = cluster.Broker.As(story.Second);

        var blockAnswer = await second.ReleaseBlockAsync(block.Block, block.Generation, default);
        var leaseAnswer = await second.ReleaseLeaseAsync(
            lease.Network, lease.ContainerId, lease.Interface, default);

        Assert.Equal("block_unknown", blockAnswer.Problem?.Code);
        Assert.Empty(leaseAnswer.OrThrow().Released);
        Assert.Single(await cluster.LeasesAsync(LongPod));
        Assert.Empty((await second.ListBlocksAsync(default)).OrThrow().Blocks);
    });

    [Fact]
    public Task A_token_that_asks_for_a_name_that_is_taken_is_held() => StepAsync(async cluster =>
    {
        using var stolen = await Asking.WithTokenAsync(cluster.Cluster.ControlPlane, TestCluster.NodeName);

        await HearsAsync(cluster, stolen, "held");

        var held = Assert.Single((await cluster.NodeAsync()).Certificates, c => c.Certificate == HashOf(stolen));
        Assert.Equal(("held", "name_takeover"), (held.Slot, held.Hold));
        await AlarmsAsync(cluster, stolen);
    });

    [Fact]
    public Task The_old_certificate_used_after_its_grace_is_refused_and_alarms() => StepAsync(async cluster =>
    {
        await Eventually.HoldsAsync(
            "the grace is over",
            () => Task.FromResult(TimeProvider.System.GetUtcNow() > story.GraceOver),
            grace + soon);

        await HearsAsync(cluster, story.Replaced!, "superseded");

        await AlarmsAsync(cluster, story.Replaced!);
    });

    [Fact]
    public Task A_deleted_Node_is_fenced_and_its_block_stays() => StepAsync(async cluster =>
    {
        var second = cluster.Broker.As(story.Second!);
        var block = Assert.Single((await second.GrantBlocksAsync(
            new("scenario-block-2", [ClusterBroker.Pool]), default)).OrThrow().Blocks);

        _ = await cluster.Cluster.Admin.CoreV1.DeleteNodeAsync(SecondNode);

        await HearsAsync(cluster, story.Second!, "node_fenced");
        var kept = Assert.Single(
            (await cluster.Broker.People.ListBlocksAsync(default)).OrThrow().Blocks,
            each => each.Node == SecondNode);
        Assert.Equal((block.Block, block.Generation), (kept.Block, kept.Generation));
    });

    [Fact]
    public Task While_the_API_server_is_away_grants_go_on_and_after_it_nothing_is_missed() => StepAsync(async cluster =>
    {
        var controlPlane = cluster.Cluster.ControlPlane;
        await controlPlane.KillApiServerAsync();
        using (var certificate = cluster.KubeletCertificate())
        {
            var node = cluster.Broker.As(certificate);
            await TenSecondsOfGrantsAsync(node);
        }

        await controlPlane.StartApiServerAsync();
        using var late = await Asking.WithTokenAsync(controlPlane, "node-late");
        _ = await cluster.Cluster.Admin.CoreV1.CreateNodeAsync(NodeOf("node-late"));

        await HearsAsync(cluster, late, await UidAsync(cluster, "node-late"));
        _ = await cluster.Cluster.Kubelet.WaitUntilReadyAsync(cluster.Cluster.Admin);
    });

    [Fact]
    public Task While_the_broker_is_away_requests_come_and_go_and_the_gap_is_on_record() => StepAsync(async cluster =>
    {
        var gaps = await GapsAsync(cluster);
        var asking = new Asking(cluster.Cluster.ControlPlane, "node-unseen");
        await cluster.Broker.StopAsync();
        await asking.FileAsync(
            await cluster.Cluster.ControlPlane.IssueBootstrapTokenAsync(), Asking.KubeletSigner, Asking.Usages);
        using var unseen = await asking.CertificateAsync();
        await asking.DeleteAsync();
        await cluster.Broker.StartAgainAsync();

        await Eventually.HoldsAsync("the gap is on record", async () => await GapsAsync(cluster) == gaps + 1, soon);

        // Nothing vanishes by itself in so short a gap: whoever deleted the request is no excuse for the certificate.
        await HearsAsync(cluster, unseen, "unwitnessed");
        await AlarmsAsync(cluster, unseen);
        Assert.Equal(
            story.Address,
            Assert.Single(await cluster.LeasesAsync(LongPod)).Address);
    });

    [Fact]
    public Task Brokerctl_prints_the_nodes_chain_of_custody() => StepAsync(async cluster =>
    {
        using var home = new TempFolder();
        var custody = (await cluster.Broker.People.ReadCustodyAsync(TestCluster.NodeName, default)).OrThrow();

        var shown = await Brokerctl.RunAsync(
            cluster.Broker.WriteContext(), home.Path, "node", "show", TestCluster.NodeName);

        Assert.True(shown.ExitCode == 0, shown.Text);
        TestContext.Current.TestOutputHelper!.WriteLine(shown.Text);
        Assert.StartsWith("system:bootstrap:", custody.Requests[0].Requester, StringComparison.Ordinal);
        Assert.Contains(custody.Requests, each => each.Requester == $"system:node:{TestCluster.NodeName}");
        Assert.Contains(custody.Requests, each => each.Status == "denied");
        Assert.Contains(custody.Certificates, each => each.Slot == "current");
        Assert.Contains(
            custody.Certificates, each => each.Certificate == HashOf(story.Replaced!) && each.Slot == "retired");
        Assert.Contains(custody.Certificates, each => each.Hold == "name_takeover");
        Assert.Contains(custody.Requests[0].Name, shown.Text, StringComparison.Ordinal);
        Assert.NotEmpty(custody.Granted);
        Assert.All(
            custody.Granted, block => Assert.Contains(block.Block, shown.Text, StringComparison.Ordinal));
    });

    private static async Task TenSecondsOfGrantsAsync(NodeApi node)
    {
        var until = TimeProvider.System.GetUtcNow().AddSeconds(10);
        var grants = 0;
        await Eventually.HoldsAsync(
            "ten seconds of grants are over",
            async () =>
            {
                var container = $"away-{++grants}";
                var granted = await node.GrantLeaseAsync(
                    new LeaseRequest($"scenario-{container}", "away", container, "eth0", Pools: [ClusterBroker.Pool]),
                    default);
                Assert.Single(granted.OrThrow().Leases);
                Assert.Single((await node.ReleaseLeaseAsync("away", container, "eth0", default)).OrThrow().Released);
                return TimeProvider.System.GetUtcNow() > until;
            },
            soon);
    }

    /// <summary>A machine that joins without a kubelet: its key is the test's.</summary>
    private static async Task<X509Certificate2> JoinAsync(BrokerCluster cluster, string name)
    {
        var certificate = await Asking.WithTokenAsync(cluster.Cluster.ControlPlane, name);
        _ = await cluster.Cluster.Admin.CoreV1.CreateNodeAsync(NodeOf(name));
        await HearsAsync(cluster, certificate, await UidAsync(cluster, name));
        return certificate;
    }

    /// <summary>
    /// Waits for a renewal whose old certificate outlives its grace, so that it is refused for having been replaced and
    /// not for having run out; the old certificate.
    /// </summary>
    private static async Task<X509Certificate2> RenewedAsync(BrokerCluster cluster)
    {
        X509Certificate2? replaced = null;
        var used = cluster.KubeletCertificate();
        await ShowAsync(cluster, used);
        await Eventually.HoldsAsync(
            "the kubelet has renewed early enough",
            async () =>
            {
                var now = cluster.KubeletCertificate();
                if (now.Thumbprint == used.Thumbprint)
                {
                    now.Dispose();
                }
                else if (used.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow() > grace * 1.3)
                {
                    now.Dispose();
                    replaced = used;
                }
                else
                {
                    used.Dispose();
                    used = now;
                    await ShowAsync(cluster, used);
                }

                return replaced is not null;
            },
            rotationDeadline);
        return replaced!;
    }

    // One that was never shown is not current, and nothing replaces it.
    private static async Task ShowAsync(BrokerCluster cluster, X509Certificate2 certificate) => await HearsAsync(
        cluster, certificate, await UidAsync(cluster, TestCluster.NodeName));

    private static async Task ReplacedAsync(BrokerCluster cluster, X509Certificate2 certificate)
    {
        string? slot = null;
        try
        {
            await Eventually.HoldsAsync(
                "the old certificate is replaced",
                async () => (slot = await SlotOfAsync(cluster, certificate)) is "grace" or "retired",
                soon);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{error.Message} Its slot: {slot}. All: {await cluster.NodeAsync()}");
        }
    }

    /// <summary>Waits until a certificate is answered with the Node UID or refused by one of the codes.</summary>
    private static async Task HearsAsync(
        BrokerCluster cluster, X509Certificate2 certificate, params string[] uidOrCodes)
    {
        var heard = new List<string>();
        var node = cluster.Broker.As(certificate);
        try
        {
            await Eventually.HoldsAsync(
                $"{certificate.Subject} hears {string.Join(" or ", uidOrCodes)}",
                async () =>
                {
                    heard.Add(await cluster.OutcomeAsync(node));
                    return uidOrCodes.Contains(heard[^1]);
                },
                soon);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(
                $"{error.Message} Heard: {string.Join(", ", heard.Distinct())}\n"
                + string.Join('\n', cluster.Broker.Output.TakeLast(30)));
        }
    }

    private static Task AlarmsAsync(BrokerCluster cluster, X509Certificate2 certificate) => Eventually.HoldsAsync(
        $"{certificate.Subject} is an alarm",
        async () => (await cluster.Broker.EventsAsync()).Any(
            e => e.Type == "alarm.raised" && e.Line.Contains(HashOf(certificate), StringComparison.Ordinal)),
        soon);

    private static async Task<string?> SlotOfAsync(BrokerCluster cluster, X509Certificate2 certificate) =>
        (await cluster.NodeAsync()).Certificates.SingleOrDefault(c => c.Certificate == HashOf(certificate))?.Slot;

    private static async Task<int> GapsAsync(BrokerCluster cluster) =>
        (await cluster.Broker.EventsAsync()).Count(e => e.Type == "evidence.gap");

    private static async Task<string> UidAsync(BrokerCluster cluster, string node) =>
        (await cluster.Cluster.Admin.CoreV1.ReadNodeAsync(node)).Metadata.Uid;

    private static V1Node NodeOf(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };

    private static string HashOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    private async Task StepAsync(Func<BrokerCluster, Task> step, [CallerMemberName] string name = "")
    {
        var cluster = await fixture.GetAsync();
        await story.StepAsync(name, () => step(cluster));
    }
}
