using System.Security.Cryptography.X509Certificates;
using Broker.Client;
using Broker.Server.Options;

namespace Broker.Server.Demo;

/// <summary>
/// Who plays: the broker's addresses, an operator, and the nodes, each with connections of its own.
/// </summary>
internal sealed class DemoWorld : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly X509Certificate2Collection _anchors = [];

    public DemoWorld(string folder, ListenOptions listen)
    {
        (Folder, Listen) = (folder, listen);
        BrokerCaFile = Path.Combine(folder, "pki", "broker-ca.crt");
        _anchors.ImportFromPemFile(BrokerCaFile);
        var certificate = Own(X509Certificate2.CreateFromPemFile(
            Path.Combine(folder, "pki", "operator.crt"), Path.Combine(folder, "pki", "operator.key")));
        People = new PeopleApi(Connect(listen.People, certificate));
        Enrol = new EnrolApi(Connect(listen.Enrol, null));
        NodeA = Own(new DemoNode("node-a"));
    }

    public string Folder { get; }

    public ListenOptions Listen { get; }

    public string BrokerCaFile { get; }

    public PeopleApi People { get; }

    public EnrolApi Enrol { get; }

    public DemoNode NodeA { get; }

    /// <summary>node-a's calls, once it has a certificate.</summary>
    public NodeApi? NodeAApi { get; set; }

    public DemoStory Story { get; } = new();

    public NodeApi ConnectNode(X509Certificate2 certificate) => new(Connect(Listen.Node, Own(certificate)));

    public T Own<T>(T thing)
        where T : IDisposable
    {
        _owned.Add(thing);
        return thing;
    }

    public void Dispose()
    {
        for (var i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }
    }

    private BrokerConnection Connect(string address, X509Certificate2? certificate) =>
        Own(DemoNode.Connect(address, _anchors, certificate));
}
