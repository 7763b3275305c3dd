using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Leases;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Requests;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Blocks;

/// <summary>A live block and its addresses.</summary>
internal sealed class BlockState
{
    public BlockState(PoolState pool, UInt128 index, NodeState node, Lessor lessor, long position)
    {
        Pool = pool;
        Index = index;
        Cidr = pool.Geometry.BlockAt(index);
        Node = node;
        Uid = node.Uid;
        Lessor = lessor;
        Position = position;
        (FirstRank, var usable) = pool.Geometry.UsableOf(index);
        Addresses = new AddressSlots((int)UInt128.Min(usable, AddressSlots.WindowAddresses));
    }

    public PoolState Pool { get; }

    /// <summary>Which block of the pool.</summary>
    public UInt128 Index { get; }

    public Cidr Cidr { get; }

    public NodeState Node { get; }

    public NodeUid Uid { get; }

    public Lessor Lessor { get; }

    /// <summary>The position of its <c>block.granted</c>.</summary>
    public long Position { get; }

    public Generation Generation => new(Position);

    public CertificateHash Certificate { get; init; }

    public Instant GrantedAt { get; init; }

    public AddressSlots Addresses { get; }

    /// <summary>The request that it was granted for, when that was one for blocks.</summary>
    public BlockRequest? Request { get; set; }

    /// <summary>Where <see cref="NodePool"/> keeps it: nowhere, among the ready or among the waiting.</summary>
    public BlockPlace Place { get; set; }

    /// <summary>When its longest-released address has cooled; orders the waiting blocks.</summary>
    public LedgerTime WaitsUntil { get; set; }

    private UInt128 FirstRank { get; }

    public IpAddress AddressAt(int slot) => Pool.Geometry.AddressAt(FirstRank + (UInt128)slot);

    /// <summary>The slot of an address of the block, or null when it is never leased or past the window.</summary>
    public int? SlotOf(IpAddress address)
    {
        var slot = Pool.Geometry.RankOf(address) - FirstRank;
        return slot < (UInt128)Addresses.Window ? (int)slot.Value : null;
    }

    public BlockView View(LedgerTime now)
    {
        var cooling = Addresses.CountAfter(now.PlusSeconds(-Pool.Spec.AddressCooldownSeconds));
        return new BlockView(
            Cidr,
            Pool.Spec.Name,
            Pool.Spec.Network,
            Node.Name,
            Uid,
            Certificate,
            Generation,
            Lessor,
            GrantedAt,
            Addresses.Live,
            cooling,
            Addresses.Window - Addresses.Live - cooling);
    }
}
