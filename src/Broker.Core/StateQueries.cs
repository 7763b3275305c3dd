using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Certificates;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Views;

namespace Broker.Core;

/// <summary>Reads of the live state.</summary>
internal sealed class StateQueries(LedgerState state) : LedgerQueries
{
    public override LedgerView Ledger => state.View();

    public override IReadOnlyList<PoolView> Pools() =>
        Sorted(state.Pools.All.Select(pool => pool.View(state.Now)), view => view.Spec.Name.Value);

    public override PoolView? Pool(PoolName name) => state.Pools.Find(name)?.View(state.Now);

    public override IReadOnlyList<PoolSpec> PodCidrPools() => [.. state.Pools.PodCidrs.Select(pool => pool.Spec)];

    public override IReadOnlyList<ReservationView> Reservations() => [.. state.Reservations.All];

    public override ReservationView? Reservation(IpRange addresses) => state.Reservations.Find(addresses);

    public override ReservationView? ReservationOf(IpAddress address) => state.Reservations.Covering(address);

    public override IReadOnlyList<NodeView> Nodes() =>
        Sorted(state.Nodes.All.Select(node => node.View()), view => view.Node.Value);

    public override NodeView? Node(NodeName name) => state.Nodes.Find(name)?.View();

    public override CertificateView? Certificate(CertificateHash hash) => state.Certificates.Find(hash)?.View();

    public override IReadOnlyList<CertificateView> CertificatesOf(NodeName node) =>
        state.Nodes.Find(node) is { } found
            ? CertificatesState.Of(found).ConvertAll(certificate => certificate.View())
            : [];

    public override IReadOnlyList<CsrView> Csrs() =>
        Sorted(state.Csrs.All.Select(csr => csr.View()), view => view.Csr.Value);

    public override CsrView? Csr(CsrName name) => state.Csrs.Find(name)?.View();

    public override IReadOnlyList<TokenView> Tokens() =>
        Sorted(state.Tokens.All.Select(token => token.View()), view => view.Token.Value);

    public override TokenView? Token(TokenId id) => state.Tokens.Find(id)?.View();

    public override IReadOnlyList<BlockView> Blocks(NodeName? node) =>
        BlocksOf(node).ConvertAll(block => block.View(state.Now));

    public override IReadOnlyList<BlockWait> BlocksWaiting() => BlockWaits.All(state.Pools, state.Now);

    public override IReadOnlyList<BlockView> BlocksOf(PoolName pool)
    {
        var live = state.Pools.Find(pool)?.Live.Values ?? Enumerable.Empty<BlockState>();
        return [.. live.OrderBy(block => block.Cidr).Select(block => block.View(state.Now))];
    }

    public override BlockView? BlockOf(IpAddress address) => state.Pools.BlockOf(address)?.View(state.Now);

    public override IReadOnlyList<LeaseView> Leases(NodeName? node, int leasesMax)
    {
        var views = new List<LeaseView>();
        foreach (var block in BlocksOf(node))
        {
            for (var slot = 0; slot < block.Addresses.Capacity && views.Count < leasesMax; slot++)
            {
                if (block.Addresses.LeaseAt(slot) is { } lease)
                {
                    views.Add(lease.View());
                }
            }
        }

        return views;
    }

    public override LeaseView? LeaseOf(IpAddress address) => state.Leases.LeaseOf(address)?.View();

    private static List<T> Sorted<T>(IEnumerable<T> views, Func<T, string> key)
    {
        var sorted = views.ToList();
        sorted.Sort((left, right) => string.CompareOrdinal(key(left), key(right)));
        return sorted;
    }

    private List<BlockState> BlocksOf(NodeName? name)
    {
        var blocks = new List<BlockState>();
        if (name is null)
        {
            foreach (var pool in state.Pools.All)
            {
                blocks.AddRange(pool.Live.Values);
            }
        }
        else if (state.Nodes.Find(name.Value) is { } node)
        {
            foreach (NodePool pool in node.Pools)
            {
                blocks.AddRange(pool.Blocks);
            }
        }

        blocks.Sort(static (left, right) => left.Cidr.CompareTo(right.Cidr));
        return blocks;
    }
}
