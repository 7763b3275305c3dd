using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Broker.Bench.Rows;
using Broker.Client;
using Broker.Contracts.Leases;
using Broker.Contracts.Pools;
using Broker.Testing.Load;
using Broker.Testing.Processes;

namespace Broker.Bench.Grants;

/// <summary>
/// A broker as it is served to people, in a process and a folder of its own, with one pool and nodes that earned their
/// certificates.
/// </summary>
internal sealed class BenchLedger : IAsyncDisposable
{
    /// <summary>The CNI network of all attachments.</summary>
    public const string Network = "bench";

    // What a caller may cost is not what is measured here: one node does the work of many.
    private static readonly string[] Settings =
    [
        "--set", "limits:nodeRequestsPerSecond=100000",
        "--set", "limits:nodeRequestBurst=100000",
        "--set", "limits:nodeConnectionsMax=1024",
        "--set", "limits:enrolConnectionsMax=1024",
    ];

    private readonly LoadWorld _world;
    private readonly ServedBroker _broker;
    private readonly LoadSession _session;
    private long _names;

    private BenchLedger(LoadWorld world, ServedBroker broker) =>
        (_world, _broker, _session) = (world, broker, new LoadSession(world, broker));

    public IReadOnlyList<LoadNode> Nodes => _world.Nodes;

    public Uri NodeAddress => _broker.Node;

    /// <summary>The CA that the broker's certificate ends in.</summary>
    public string CaFile => _world.Pki("broker-ca.crt");

    /// <summary>Makes the ledger, serves it, and enrols the nodes; each has a block and one lease in it.</summary>
    public static async Task<BenchLedger> StartAsync(int nodes)
    {
        var world = new LoadWorld();
        await world.InitAsync();
        var broker = ServedBroker.Start(world.Folder, Settings);
        await broker.WaitUntilServingAsync();
        var ledger = new BenchLedger(world, broker);
        var pool = new PoolDefinition("10.0.0.0/8", 19, Open: true);
        _ = (await ledger._session.People.DefinePoolAsync("bench", pool, default)).OrThrow();
        await ledger.EnrolAsync(nodes);
        return ledger;
    }

    /// <summary>The calls of a node, over a connection of its own.</summary>
    public NodeApi Api(LoadNode node) => _session.Api(node);

    /// <summary>Where a node asks, and as whom.</summary>
    public BrokerEndpoint Endpoint(LoadNode node) => new(_broker.Node, _world.Anchors(), node.Identity());

    /// <summary>A lease that nobody has asked for yet.</summary>
    public LeaseRequest NewLease()
    {
        var number = Interlocked.Increment(ref _names);
        var name = number.ToString("x16", CultureInfo.InvariantCulture);
        var pod = new PodLabels("default", "web-" + name, $"00000000-0000-4000-8000-0000{name[4..]}");
        return new LeaseRequest("bench-" + name, Network, name + name + name + name, "eth0", pod, ["ipv4"]);
    }

    /// <summary>How long a line of the journal is for one grant: the newest one, in bytes.</summary>
    public async Task<int> GrantBytesAsync()
    {
        var size = (await _session.PositionAsync()).Size;
        using var person = X509Certificate2.CreateFromPemFile(_world.Pki("operator.crt"), _world.Pki("operator.key"));
        using var connection = new BrokerConnection(new BrokerEndpoint(_broker.People, _world.Anchors(), person));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var line in new EventStream(connection, size - 100).ReadAsync(deadline.Token))
        {
            if (line.Type == "lease.granted")
            {
                return Encoding.UTF8.GetByteCount(line.Line);
            }
        }

        throw new InvalidOperationException("There is no lease among the last events.");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _broker.DisposeAsync();
        _world.Dispose();
    }

    private async Task EnrolAsync(int nodes)
    {
        BenchReport.Progress($"{nodes} nodes earn their certificates");
        for (var i = 0; i < nodes; i++)
        {
            _world.Nodes.Add(new LoadNode(string.Create(CultureInfo.InvariantCulture, $"node-{i:D4}")));
        }

        var few = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        await Parallel.ForEachAsync(_world.Nodes, few, async (node, stop) =>
        {
            await _session.EnrolAsync(node);
            _ = (await Api(node).GrantLeaseAsync(NewLease(), stop)).OrThrow(); // Brings the node its block.
        });
    }
}
