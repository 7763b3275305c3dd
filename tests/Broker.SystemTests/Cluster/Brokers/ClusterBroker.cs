using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Broker.Client;
using Broker.Contracts.Pools;
using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>A broker's process that witnesses a cluster, as the service account that <c>deploy/</c> makes.</summary>
internal sealed class ClusterBroker : IAsyncDisposable
{
    /// <summary>The pool that pods get addresses from.</summary>
    public const string Pool = "pods-v4";

    private static readonly TimeSpan stopDeadline = TimeSpan.FromSeconds(30);

    private readonly TempFolder temp = new();
    private readonly List<IDisposable> owned = [];
    private readonly Dictionary<string, BrokerConnection> nodes = [];
    private readonly X509Certificate2Collection anchors = [];
    private ServedBroker? served;
    private ServedBroker? stopped;

    private ClusterBroker()
    {
    }

    /// <summary>The data folder.</summary>
    public string Folder => temp["ledger"];

    /// <summary>The CA that its server certificate is trusted by.</summary>
    public string CaFile => Pki("broker-ca.crt");

    /// <summary>The node listener.</summary>
    public Uri Node => Served.Node;

    /// <summary>As the operator.</summary>
    public PeopleApi People { get; private set; } = null!;

    private ServedBroker Served => served ?? throw new InvalidOperationException("The broker is stopped.");

    /// <summary>Makes a ledger with one open pool and starts to watch.</summary>
    public static async Task<ClusterBroker> StartAsync(ControlPlane cluster)
    {
        var broker = new ClusterBroker();
        try
        {
            await broker.InitAsync(cluster);
            broker.served = await ServedBroker.ServeAsync(broker.Folder);
            broker.ConnectPeople();
            _ = (await broker.People.DefinePoolAsync(
                Pool,
                new PoolDefinition("10.80.0.0/16", 26, AddressCooldownSeconds: 1, BlockCooldownSeconds: 1, Open: true),
                default)).OrThrow(); // A refusal throws.
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// As a node that shows that certificate. It ends the connection of the call before it with the same subject: a
    /// node has few, and its plugin needs them.
    /// </summary>
    public NodeApi As(X509Certificate2 certificate)
    {
        if (nodes.Remove(certificate.Subject, out var before))
        {
            before.Dispose();
        }

        return new(nodes[certificate.Subject] = Connect(Node, certificate));
    }

    /// <summary>Stops it as a service manager does.</summary>
    public async Task StopAsync()
    {
        _ = Served.Process.Terminate(); // False: it has ended.
        _ = await Served.Process.WaitForExitAsync(stopDeadline);
        (stopped, served) = (served, null);
    }

    /// <summary>Starts it where it was.</summary>
    public async Task StartAgainAsync()
    {
        served = await stopped!.ServeAgainAsync(Folder);
        await stopped.DisposeAsync();
        stopped = null;
        ConnectPeople();
    }

    /// <summary>Has the context for brokerctl say where it serves; the full path.</summary>
    public string WriteContext()
    {
        var file = Path.Combine(Folder, "context.json");
        var context = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        context["people"] = Served.People.GetLeftPart(UriPartial.Authority);
        File.WriteAllText(file, context.ToJsonString());
        return file;
    }

    /// <summary>The journal as it is now, line by line.</summary>
    public async Task<IReadOnlyList<StreamedEvent>> EventsAsync()
    {
        var size = (await People.WhoAmIAsync(default)).OrThrow().Ledger.Size;
        var events = new List<StreamedEvent>();
        await foreach (var e in People.Events(-1).ReadAsync(default))
        {
            events.Add(e);
            if (e.Position == size - 1)
            {
                break;
            }
        }

        return events;
    }

    /// <summary>The last lines that it said.</summary>
    public IReadOnlyList<string> Output => (served ?? stopped)?.Process.Output ?? [];

    public async ValueTask DisposeAsync()
    {
        nodes.Values.ToList().ForEach(connection => connection.Dispose());
        owned.ForEach(thing => thing.Dispose());
        if ((served ?? stopped) is { } process)
        {
            await process.DisposeAsync();
        }

        temp.Dispose();
    }

    private async Task InitAsync(ControlPlane cluster)
    {
        var account = await BrokerAccount.CreateAsync(cluster);
        var made = await BrokerProgram.RunAsync("init", "--data", Folder);
        if (made.ExitCode != 0)
        {
            throw new InvalidOperationException(made.Text);
        }

        await File.WriteAllTextAsync(
            Path.Combine(Folder, "kubeconfig"), account.Kubeconfig(cluster.Server, cluster.Authority.Pem));
        await File.WriteAllTextAsync(Path.Combine(Folder, "cluster-ca.crt"), cluster.Authority.Pem);
        var file = Path.Combine(Folder, "broker.json");
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        settings["kubernetes"] = new JsonObject
        {
            ["mode"] = "enforce",
            ["kubeconfig"] = "kubeconfig",
            ["reclaimPercentMax"] = 100, // Of a handful of leases one is a lot.
        };
        settings["pki"] = new JsonObject { ["nodeCa"] = "cluster-ca.crt" };
        await File.WriteAllTextAsync(file, settings.ToJsonString());
        anchors.ImportFromPemFile(CaFile);
    }

    private string Pki(string name) => Path.Combine(Folder, "pki", name);

    private void ConnectPeople()
    {
        var person = X509Certificate2.CreateFromPemFile(Pki("operator.crt"), Pki("operator.key"));
        owned.Add(person);
        var connection = Connect(Served.People, person);
        owned.Add(connection);
        People = new PeopleApi(connection);
    }

    private BrokerConnection Connect(Uri address, X509Certificate2 certificate) =>
        new(new BrokerEndpoint(address, anchors, certificate));
}
