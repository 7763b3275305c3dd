using Broker.Client;
using Broker.Contracts.Leases;
using Broker.Contracts.Pools;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>What the scenario does with pods that the broker reads for itself.</summary>
internal static class PodSteps
{
    private const string Annotation = "broker.ipam/pools";
    private const string Leaky = "leaky";
    private static readonly TimeSpan leakDeadline = TimeSpan.FromMinutes(3);

    /// <summary>Pods whose own annotation chooses another pool than the node's configuration.</summary>
    public static async Task AnnotatedAsync(BrokerCluster cluster)
    {
        _ = (await cluster.Broker.People.DefinePoolAsync(
            "gold", new PoolDefinition("10.81.0.0/16", 26, Open: true), default)).OrThrow(); // A refusal throws.
        await TestPods.CreateAsync(
            cluster.Cluster,
            "golden",
            pod => pod.Metadata.Annotations = new Dictionary<string, string> { [Annotation] = "gold" });
        var running = await TestPods.WaitAsync(cluster.Cluster, "golden", pod => pod.Status.Phase == "Running");

        var lease = Assert.Single(await cluster.LeasesAsync("golden"));
        Assert.Equal(("gold", "verified"), (lease.Pool, lease.PodAssurance));
        Assert.Equal(lease.Address, running.Status.PodIP);
        await TestPods.DeleteAsync(cluster.Cluster, "golden");
    }

    /// <summary>A pod of another node, and one of another UID.</summary>
    public static async Task RefusedAsync(BrokerCluster cluster)
    {
        await TestPods.CreateAsync(cluster.Cluster, "theirs", pod => pod.Spec.NodeName = "some-other-node");
        var theirs = await ReadAsync(cluster, "theirs");
        using var certificate = cluster.KubeletCertificate();
        var node = cluster.Broker.As(certificate);

        Assert.Equal("pod_elsewhere", (await AskAsync(node, theirs, "elsewhere")).Problem?.Code);
        theirs.Metadata.Uid = Guid.NewGuid().ToString();
        Assert.Equal("pod_unknown", (await AskAsync(node, theirs, "unknown")).Problem?.Code);
        await ForceDeleteAsync(cluster, "theirs");
    }

    /// <summary>
    /// A pod with an attachment that nobody releases is deleted by force: what its kubelet knows of comes back at once.
    /// The address that is left.
    /// </summary>
    public static async Task<string> LeakAsync(BrokerCluster cluster)
    {
        var pod = await TestPods.RunAsync(cluster.Cluster, Leaky);
        using var certificate = cluster.KubeletCertificate();
        var lost = (await AskAsync(cluster.Broker.As(certificate), pod, "lost")).OrThrow().Leases.Single();
        Assert.Equal("verified", lost.PodAssurance);

        await ForceDeleteAsync(cluster, Leaky);
        await LeasesBecomeAsync(
            cluster, "the kubelet has released what it knows of", lease => lease.Address == lost.Address);
        return lost.Address;
    }

    /// <summary>The address comes back, and the history says why.</summary>
    public static async Task RecoveredAsync(BrokerCluster cluster, string address)
    {
        await LeasesBecomeAsync(cluster, "the address is reclaimed", _ => false);

        var last = (await cluster.Broker.People.WhoHoldsAsync(address, null, default)).OrThrow().Last!;
        Assert.Equal(("pod_gone", "broker"), (last.ReleasedReason, last.ReleasedBy));
        Assert.Equal(last.Pod.Uid, last.ReleasedEvidence!.Uid);
        Assert.True(last.ReleasedEvidence.ApartSeconds >= 60);
        Assert.Equal(("cache", "read"), (last.ReleasedEvidence.First.Source, last.ReleasedEvidence.Second!.Source));
    }

    private static async Task LeasesBecomeAsync(
        BrokerCluster cluster, string condition, Func<LeaseInfo, bool> each)
    {
        IReadOnlyList<LeaseInfo> leases = [];
        try
        {
            await Eventually.HoldsAsync(
                condition, async () => (leases = await cluster.LeasesAsync(Leaky)).All(each), leakDeadline);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(string.Join(
                '\n',
                [error.Message, .. leases.Select(lease => lease.ToString()), .. cluster.SaidOf(Leaky)]));
        }
    }

    private static Task<V1Pod> ReadAsync(BrokerCluster cluster, string name) =>
        cluster.Cluster.Admin.CoreV1.ReadNamespacedPodAsync(name, TestPods.Namespace);

    private static async Task ForceDeleteAsync(BrokerCluster cluster, string name) =>
        _ = await cluster.Cluster.Admin.CoreV1.DeleteNamespacedPodAsync(
            name, TestPods.Namespace, gracePeriodSeconds: 0); // The answer is the pod as it was.

    private static Task<ApiResult<LeasesGrantedResponse>> AskAsync(NodeApi node, V1Pod pod, string container) =>
        node.GrantLeaseAsync(
            new LeaseRequest(
                $"pod-steps-{container}",
                BrokerCluster.Network,
                container,
                "eth0",
                new PodLabels(TestPods.Namespace, pod.Metadata.Name, pod.Metadata.Uid),
                Pools: [ClusterBroker.Pool]),
            default);
}
