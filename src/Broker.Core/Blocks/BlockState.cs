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
    private readonly SlotNumbers _numbers;

    public BlockState(
        PoolState pool, UInt128 index, NodeState node, Lessor lessor, long position, WorkloadName? workload = null)
    {
        Workload = workload;
        Pool = pool;
        Index = index;
        Cidr = pool.Geometry.BlockAt(index);
        Node = node;
        Uid = node.Uid;
        Lessor = lessor;
        Position = position;
        _numbers = SlotNumbers.Of(pool.Space, index);
        Addresses = new AddressSlots(_numbers.Count);
        Refit();
    }

    public PoolState Pool { get; }

    /// <summary>Which block of the pool.</summary>
    public UInt128 Index { get; }

    public Cidr Cidr { get; }

    public NodeState Node { get; }

    public NodeUid Uid { get; }

    public Lessor Lessor { get; }

    /// <summary>Whose fixed address it is, for its generation: open to that workload alone; null for any.</summary>
    public WorkloadName? Workload { get; }

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

    /// <summary>Whether no address of it is open to everybody.</summary>
    public bool IsClosed { get; private set; }

    public IpAddress AddressAt(int slot) => Cidr.Network with { Value = _numbers.AddressAt(slot) };

    /// <summary>The slot of an address of the block, or null when it is kept back or past the window.</summary>
    public int? SlotOf(IpAddress address) => _numbers.SlotOf(address.Value);

    /// <summary>Takes up what is open in the pool now.</summary>
    public void Refit()
    {
        IsClosed = Pool.Space.FirstOpen(Index) is null;
        var open = Open();
        if (open is not [var all] || all != (0, Addresses.Window - 1) || Addresses.Open != Addresses.Window)
        {
            Addresses.Refit(open);
        }
    }

    public void Validate(List<string> faults)
    {
        Addresses.Validate(faults, Cidr.ToString(), Open());
        if (IsClosed != Pool.Space.FirstOpen(Index) is null)
        {
            faults.Add($"Block {Cidr} is closed or not, wrongly.");
        }
    }

    private List<(int First, int Last)> Open() => Workload is null ? _numbers.Open(Pool.Space) : [(0, 0)];

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
            Addresses.Open - Addresses.Live - cooling);
    }
}
