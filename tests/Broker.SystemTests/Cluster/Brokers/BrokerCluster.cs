using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Broker.Client;
using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>
/// A cluster whose node gives its pods addresses of a broker: by our plugin as it is published, below Debian's bridge,
/// with the kubelet's own certificate.
/// </summary>
internal sealed class BrokerCluster : IAsyncDisposable
{
    /// <summary>The CNI network of its pods.</summary>
    public const string Network = "pods";

    private BrokerCluster(TestCluster cluster, ClusterBroker broker) => (Cluster, Broker) = (cluster, broker);

    public TestCluster Cluster { get; }

    public ClusterBroker Broker { get; }

    /// <summary>Key and certificate that the kubelet uses now; the caller disposes them.</summary>
    public X509Certificate2 KubeletCertificate()
    {
        // At a rotation the link is gone for an instant.
        var pem = "";
        for (var tries = 0; pem.Length == 0; tries++)
        {
            try
            {
                pem = File.ReadAllText(Cluster.Kubelet.CertificateFile);
            }
            catch (FileNotFoundException) when (tries < 100)
            {
                pem = "";
            }
        }

        return X509Certificate2.CreateFromPem(pem, pem);
    }

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    public static void Require()
    {
        TestCluster.Require();
        Kubectl.Require();
        Testing.Requires.Command("gcc", "gcc");
        Testing.Requires.That(
            File.Exists("/usr/include/zlib.h"), "zlib is missing; install it with: apt-get install zlib1g-dev");
    }

    /// <summary>Starts the control plane, then the broker, then the node, and waits until that is ready.</summary>
    public static async Task<BrokerCluster> StartAsync(ControlPlaneOptions options)
    {
        _ = await PublishedPlugin.ReadyAsync(); // It throws when it cannot be published.
        ClusterBroker? broker = null;
        try
        {
            var cluster = await TestCluster.StartAsync(options, async controlPlane =>
            {
                broker = await ClusterBroker.StartAsync(controlPlane);
                return new NodeRuntimeOptions
                {
                    CniPlugins = new Dictionary<string, string> { ["broker-ipam"] = PublishedPlugin.Program },
                    CniConfiguration = Configuration(broker).ToJsonString(),
                };
            });
            return new BrokerCluster(cluster, broker!);
        }
        catch
        {
            if (broker is not null)
            {
                await broker.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>The kubelet's node as the broker knows it.</summary>
    public async Task<Contracts.Nodes.NodeInfo> NodeAsync() =>
        (await Broker.People.ReadNodeAsync(TestCluster.NodeName, default)).OrThrow();

    /// <summary>The addresses that the kubelet's node has leased for pods of that name.</summary>
    public async Task<IReadOnlyList<Contracts.Leases.LeaseInfo>> LeasesAsync(string pod) =>
    [
        .. (await Broker.People.ListLeasesAsync(default, TestCluster.NodeName)).OrThrow().Leases
            .Where(lease => lease.Pod.Name == pod),
    ];

    /// <summary>What broker and kubelet said lately, and what they said of a pod.</summary>
    public IReadOnlyList<string> SaidOf(string pod) =>
    [
        .. Broker.Output.TakeLast(20),
        .. Cluster.Kubelet.Output.Where(line => line.Contains(pod, StringComparison.Ordinal)).TakeLast(40),
        .. Cluster.Kubelet.Output.TakeLast(10),
    ];

    /// <summary>What the broker answers to who-am-I: the Node UID, or the code of the refusal.</summary>
    public async Task<string> OutcomeAsync(NodeApi api)
    {
        try
        {
            var who = await api.WhoAmIAsync(default);
            return who.Problem?.Code ?? who.OrThrow().NodeUid!;
        }
        catch (BrokerUnreachableException error)
        {
            return $"no answer: {error.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The node first: its pods give their addresses back.
        await Cluster.DisposeAsync();
        await Broker.DisposeAsync();
    }

    private static JsonObject Configuration(ClusterBroker broker) => new()
    {
        ["cniVersion"] = "0.4.0",
        ["name"] = Network,
        ["plugins"] = new JsonArray(new JsonObject
        {
            ["type"] = "ptp", // A bridge has one gateway; a node has one for each of its blocks.
            ["ipam"] = new JsonObject
            {
                ["type"] = "broker-ipam",
                ["server"] = broker.Node.GetLeftPart(UriPartial.Authority),
                ["caFile"] = broker.CaFile,
                ["certificateFile"] = "NODE/kubelet/pki/kubelet-client-current.pem",
                ["stateDir"] = "NODE/broker-ipam",
                ["pools"] = new JsonArray(ClusterBroker.Pool),
            },
        }),
    };
}
