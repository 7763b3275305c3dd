using System.Security.Cryptography.X509Certificates;
using Broker.Client;
using Broker.Contracts.Blocks;
using Broker.Contracts.Leases;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Tokens;
using Broker.Testing.Processes;

namespace Broker.Testing.Load;

/// <summary>The connections to one life of the broker.</summary>
public sealed class LoadSession : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly Lock gate = new();
    private readonly Dictionary<string, NodeApi> nodes = [];
    private readonly X509Certificate2Collection anchors;
    private readonly EnrolApi enrol;

    public LoadSession(LoadWorld world, ServedBroker broker)
    {
        (World, Broker, anchors) = (world, broker, world.Anchors());
        var person = Own(X509Certificate2.CreateFromPemFile(world.Pki("operator.crt"), world.Pki("operator.key")));
        People = new PeopleApi(Connect(broker.People, person));
        enrol = new EnrolApi(Connect(broker.Enrol, null));
    }

    public LoadWorld World { get; }

    public ServedBroker Broker { get; }

    public PeopleApi People { get; }

    /// <summary>The calls of a node that has its certificate.</summary>
    public NodeApi Api(LoadNode node)
    {
        lock (gate)
        {
            if (!nodes.TryGetValue(node.Name, out var api))
            {
                nodes[node.Name] = api = new NodeApi(Connect(Broker.Node, Own(node.Identity())));
            }

            return api;
        }
    }

    /// <summary>Defines the pools.</summary>
    public async Task DefinePoolsAsync()
    {
        foreach (var (name, definition) in LoadWorld.Pools)
        {
            _ = (await People.DefinePoolAsync(name, definition, default)).OrThrow(); // A refusal throws.
        }
    }

    /// <summary>Goes as far with a node's enrolment as is left: token, certificate, first use.</summary>
    public async Task EnrolAsync(LoadNode node)
    {
        node.Token ??= (await People.IssueTokenAsync(new TokenRequest(), default)).OrThrow().Token;
        var answer = (await enrol.EnrolAsync(node.Token, node.Csr, default)).OrThrow();
        if (node.Certificate is not null && node.Certificate != answer.Certificate)
        {
            World.Fault($"{node.Name}: the same request was answered with another certificate");
        }

        node.Certificate = answer.Certificate ?? throw new InvalidOperationException($"{node.Name}: {answer.Status}");
        World.Note((await Api(node).WhoAmIAsync(default)).OrThrow().Ledger);
    }

    public async Task<LedgerPosition> PositionAsync() => (await People.WhoAmIAsync(default)).OrThrow().Ledger;

    public async Task<IReadOnlyList<LeaseInfo>> LeasesAsync()
    {
        var answer = (await People.ListLeasesAsync(default)).OrThrow();
        return answer.Truncated ? throw new InvalidOperationException("More leases than are listed.") : answer.Leases;
    }

    public async Task<IReadOnlyList<BlockInfo>> BlocksAsync() =>
        (await People.ListBlocksAsync(default)).OrThrow().Blocks;

    public void Dispose()
    {
        for (var i = owned.Count - 1; i >= 0; i--)
        {
            owned[i].Dispose();
        }
    }

    private BrokerConnection Connect(Uri address, X509Certificate2? certificate) =>
        Own(new BrokerConnection(new BrokerEndpoint(address, anchors, certificate)));

    private T Own<T>(T thing)
        where T : IDisposable
    {
        owned.Add(thing);
        return thing;
    }
}
