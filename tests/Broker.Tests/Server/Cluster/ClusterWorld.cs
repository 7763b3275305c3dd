using System.Security.Cryptography.X509Certificates;
using Broker.Client;
using Broker.Testing.Clusters;
using Broker.Testing.Pki;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>A broker that witnesses a cluster, with the fake API server of that cluster.</summary>
internal sealed class ClusterWorld : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private ClusterWorld(FakeApiServer api, TestAuthority ca, TestBroker broker) =>
        (Api, Ca, Broker) = (api, ca, broker);

    public FakeApiServer Api { get; }

    public TestAuthority Ca { get; }

    public TestBroker Broker { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ClusterWorld> StartAsync(
        string mode = "enforce", Action<FakeApiServer>? before = null, TimeProvider? time = null)
    {
        var ca = TestAuthority.Root("kubernetes", TimeProvider.System.GetUtcNow());
        var api = await FakeApiServer.StartAsync();
        before?.Invoke(api);
        var broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Time = time ?? TimeProvider.System,
            Settings = new Dictionary<string, string?>
            {
                ["kubernetes:mode"] = mode,
                ["kubernetes:kubeconfig"] = "kubeconfig",
                ["kubernetes:reclaimUnseenSeconds"] = "60",
                ["pki:nodeCa"] = "cluster-ca.crt",
            },
            Prepare = folder =>
            {
                File.WriteAllText(Path.Combine(folder, "cluster-ca.crt"), ca.Pem);
                File.WriteAllText(Path.Combine(folder, "kubeconfig"), api.Kubeconfig);
            },
        });
        return new ClusterWorld(api, ca, broker);
    }

    public FakeKubelet Kubelet(string name) => new(Api, Ca, name);

    public NodeApi Connect(X509Certificate2 certificate) => new(Broker.Connect(TestListener.Node, certificate));

    public RawApi Raw(X509Certificate2 certificate) => Broker.Raw(TestListener.Node, certificate);

    /// <summary>A machine that asked, registered its Node, and was heard.</summary>
    public async Task<(X509Certificate2 Certificate, NodeApi Api, string Uid)> JoinAsync(string name)
    {
        var certificate = Kubelet(name).Bootstrap();
        var uid = Api.PutNode(name);
        var api = Connect(certificate);
        await SaysAsync(api, uid);
        return (certificate, api, uid);
    }

    /// <summary>Waits until who-am-I answers with that Node UID, or is refused with that code.</summary>
    public static Task SaysAsync(NodeApi api, string uidOrCode) => Eventually.HoldsAsync(
        $"the node hears {uidOrCode}",
        async () => await OutcomeAsync(api) == uidOrCode,
        Soon);

    /// <summary>The Node UID, or the code of the refusal, or that there was no answer.</summary>
    public static async Task<string> OutcomeAsync(NodeApi api)
    {
        try
        {
            var who = await api.WhoAmIAsync(Cancellation);
            return who.Problem?.Code ?? who.OrThrow().NodeUid!;
        }
        catch (BrokerUnreachableException)
        {
            return "no answer";
        }
    }

    /// <summary>The types of all events so far.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync()
    {
        var size = (await Broker.Auditor.WhoAmIAsync(Cancellation)).OrThrow().Ledger.Size;
        var types = new List<string>();
        await foreach (var e in Broker.Auditor.Events(-1).ReadAsync(Cancellation))
        {
            types.Add(e.Type);
            if (e.Position == size - 1)
            {
                break;
            }
        }

        return types;
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Api.DisposeAsync();
    }
}
