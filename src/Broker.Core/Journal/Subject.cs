using Broker.Core.Addresses;
using Broker.Core.Names;

namespace Broker.Core.Journal;

/// <summary>
/// The one thing that an event is about; the text is what stands in the journal, such as <c>ip/10.0.0.5</c>.
/// </summary>
public readonly record struct Subject
{
    private Subject(SubjectKind kind, string? name, Cidr cidr) => (Kind, Name, Cidr) = (kind, name, cidr);

    /// <summary>What kind of thing.</summary>
    public SubjectKind Kind { get; }

    private string? Name { get; }

    private Cidr Cidr { get; }

    /// <summary>The ledger itself.</summary>
    public static Subject Ledger => default;

    public static Subject Ip(IpAddress address) => new(SubjectKind.Ip, null, new Cidr(address, address.Bits));

    public static Subject Block(Cidr block) => new(SubjectKind.Block, null, block);

    public static Subject Node(NodeName node) => new(SubjectKind.Node, node.Value, default);

    public static Subject Pool(PoolName pool) => new(SubjectKind.Pool, pool.Value, default);

    public static Subject Csr(CsrName csr) => new(SubjectKind.Csr, csr.Value, default);

    public static Subject Token(TokenId token) => new(SubjectKind.Token, token.Value, default);

    /// <summary>The text of the journal.</summary>
    public override string ToString() => Kind switch
    {
        SubjectKind.Ledger => "ledger",
        SubjectKind.Ip => $"ip/{Cidr.Network}",
        SubjectKind.Block => $"block/{Cidr}",
        SubjectKind.Node => $"node/{Name}",
        SubjectKind.Pool => $"pool/{Name}",
        SubjectKind.Csr => $"csr/{Name}",
        SubjectKind.Token => $"token/{Name}",
        _ => throw new InvalidOperationException($"Unknown subject kind {Kind}."),
    };
}
