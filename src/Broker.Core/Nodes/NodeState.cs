using Broker.Core.Certificates;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Views;

namespace Broker.Core.Nodes;

/// <summary>A node that was admitted, until long after it was retired.</summary>
internal sealed class NodeState(NodeName name)
{
    private readonly SortedList<string, NodePool> _pools = new(StringComparer.Ordinal);

    public NodeName Name { get; } = name;

    public NodeUid Uid { get; set; }

    /// <summary>Whether the UID is that of a request, because there is no Node object yet.</summary>
    public bool IsProvisional { get; set; }

    public Standing Standing { get; set; }

    /// <summary>The rule that fenced it; null when an operator did, or when it is not fenced.</summary>
    public string? FenceRule { get; set; }

    /// <summary>Whether it was quarantined when a rule fenced it: what lifts the fence does not lift that.</summary>
    public bool WasQuarantined { get; set; }

    /// <summary>The position of its newest <c>node.admitted</c>.</summary>
    public long Position { get; set; }

    /// <summary>The position of its newest <c>node.retired</c>; no request from before it admits again.</summary>
    public long? RetiredAt { get; set; }

    /// <summary>
    /// The newest decision on a request whose certificate became current; no certificate of an older request comes
    /// after it.
    /// </summary>
    public long PromotedDecision { get; set; }

    public CertificateState? Current { get; set; }

    /// <summary>Witnessed and not used yet, oldest request first.</summary>
    public List<CertificateState> Next { get; } = [];

    /// <summary>All that are remembered of it, retired ones too, in the order in which they were witnessed.</summary>
    public List<CertificateState> Certificates { get; } = [];

    /// <summary>
    /// Whether it ever had a certificate that might be used: what somebody has on hold for its name is none.
    /// </summary>
    public bool HasIdentity => PromotedDecision > 0 || Certificates.Exists(c => c.Slot != CertificateSlot.Held);

    public int BlocksLive { get; private set; }

    public long LeasesLive { get; set; }

    /// <summary>What it holds, pool by pool, in the order of their names.</summary>
    public IList<NodePool> Pools => _pools.Values;

    /// <summary>Its blocks in a pool, or null when it has none there.</summary>
    public NodePool? FindPool(PoolName pool) => _pools.GetValueOrDefault(pool.Value);

    /// <summary>Its blocks in a pool where it has some.</summary>
    public NodePool PoolOf(PoolState pool) => _pools[pool.Spec.Name.Value];

    public void AddBlock(Blocks.BlockState block)
    {
        if (FindPool(block.Pool.Spec.Name) is not { } pool)
        {
            pool = new NodePool(block.Pool);
            _pools.Add(block.Pool.Spec.Name.Value, pool);
        }

        pool.Add(block);
        BlocksLive++;
    }

    public void RemoveBlock(Blocks.BlockState block)
    {
        var pool = PoolOf(block.Pool);
        pool.Remove(block);
        BlocksLive--;
        if (pool.Blocks.Count == 0)
        {
            _ = _pools.Remove(block.Pool.Spec.Name.Value); // It is there: it was just looked up.
        }
    }

    public NodeView View()
    {
        var next = new CertificateHash[Next.Count];
        for (var i = 0; i < next.Length; i++)
        {
            next[i] = Next[i].Hash;
        }

        return new NodeView(Name, Uid, Standing, Current?.Hash, next, BlocksLive, LeasesLive, Position, !IsProvisional);
    }
}
