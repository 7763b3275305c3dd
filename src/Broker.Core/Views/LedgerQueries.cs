using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Pools;

namespace Broker.Core.Views;

/// <summary>Reads of the state as it is now. Each answer is a copy; lists are in the order of their key.</summary>
public abstract class LedgerQueries
{
    public abstract LedgerView Ledger { get; }

    public abstract IReadOnlyList<PoolView> Pools();

    public abstract PoolView? Pool(PoolName name);

    /// <summary>The pools of podCIDRs, at most one a family, IPv4 first.</summary>
    public abstract IReadOnlyList<PoolSpec> PodCidrPools();

    /// <summary>Reservations in the order of their addresses.</summary>
    public abstract IReadOnlyList<ReservationView> Reservations();

    /// <summary>The reservation of exactly these addresses.</summary>
    public abstract ReservationView? Reservation(IpRange addresses);

    /// <summary>The reservation that the address lies in.</summary>
    public abstract ReservationView? ReservationOf(IpAddress address);

    public abstract IReadOnlyList<NodeView> Nodes();

    public abstract NodeView? Node(NodeName name);

    public abstract CertificateView? Certificate(CertificateHash hash);

    /// <summary>The node's certificates that are not retired.</summary>
    public abstract IReadOnlyList<CertificateView> CertificatesOf(NodeName node);

    public abstract IReadOnlyList<CsrView> Csrs();

    public abstract CsrView? Csr(CsrName name);

    public abstract IReadOnlyList<TokenView> Tokens();

    public abstract TokenView? Token(TokenId id);

    /// <summary>Live blocks, of one node or of all.</summary>
    public abstract IReadOnlyList<BlockView> Blocks(NodeName? node);

    /// <summary>Blocks on their way from one node to the next, and what each waits for.</summary>
    public abstract IReadOnlyList<BlockWait> BlocksWaiting();

    /// <summary>Live blocks of one pool.</summary>
    public abstract IReadOnlyList<BlockView> BlocksOf(PoolName pool);

    /// <summary>The live block that holds the address.</summary>
    public abstract BlockView? BlockOf(IpAddress address);

    /// <summary>Live leases, of one node or of all, at most <paramref name="leasesMax"/>.</summary>
    public abstract IReadOnlyList<LeaseView> Leases(NodeName? node, int leasesMax);

    /// <summary>The live lease of the address.</summary>
    public abstract LeaseView? LeaseOf(IpAddress address);
}
