using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Tests.Core;

/// <summary>A cluster's CSRs and Nodes, as a witness hands them to a ledger.</summary>
internal sealed class Cluster(World world)
{
    /// <summary>Issued to a bootstrap token.</summary>
    public ObserveCsr First(string node, ObservedNode? found = null, string? key = null) =>
        Issued(node, found, key, byNode: false, credential: null);

    /// <summary>Issued to the node itself, which showed a certificate; null on servers that do not say.</summary>
    public ObserveCsr Renewal(string node, CertificateHash? credential, ObservedNode? found = null) =>
        Issued(node, found, null, byNode: true, credential);

    public ObserveCsr Decided(string node, CsrDecision decision, string? code = null) =>
        First(node) with { Decision = decision, Code = code, Certificate = null };

    /// <summary>A Node object that was created now.</summary>
    public ObservedNode Node(string name, string? uid = null, long createdSeconds = 0) => new(
        NodeName.Parse(name), NodeUid.Parse(uid ?? world.Fresh("node-uid")), After(createdSeconds));

    /// <summary>A node with a Node object and a certificate in use.</summary>
    public NodeCaller Join(string name)
    {
        var observed = First(name);
        _ = world.Run(observed);
        _ = world.Run(new BindNode(Node(name)));
        var caller = Caller(observed);
        _ = world.Run(new PromoteCertificate(caller));
        return caller;
    }

    public NodeCaller Caller(ObserveCsr observed) => new(
        observed.Csr.Node,
        world.Queries.Node(observed.Csr.Node)!.Uid,
        observed.Certificate!.Certificate);

    public CertificateView View(ObserveCsr observed) =>
        world.Queries.Certificate(observed.Certificate!.Certificate)!;

    public Instant After(long seconds) => new(world.Now.At.UnixMicroseconds + (seconds * 1_000_000));

    private ObserveCsr Issued(
        string node, ObservedNode? found, string? key, bool byNode, CertificateHash? credential)
    {
        var name = world.Fresh("csr");
        var hash = World.Key(key ?? name);
        return new ObserveCsr(
            new ObservedRequest
            {
                Csr = CsrName.Parse(name),
                CsrUid = "uid-" + name,
                Signer = "kubernetes.io/kube-apiserver-client-kubelet",
                Requester = byNode ? "system:node:" + node : "system:bootstrap:abcdef",
                ByNode = byNode,
                HasCredential = credential is not null,
                Credential = credential,
                Node = NodeName.Parse(node),
                Key = hash,
                Request = BlobHash.Parse(World.Hash(name)),
                Requested = world.Now.At,
            },
            CsrDecision.Issued,
            "AutoApproved",
            new ObservedCertificate(
                World.Certificate(name), hash, World.Hash(name)[..20], World.Key("cluster-ca"),
                world.Now.At, After(86_400)),
            null,
            found);
    }
}
