using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Requests;
using Broker.Core.Time;

namespace Broker.Core.Leases;

/// <summary>What each attachment holds. The leases themselves stand in the slots of their blocks.</summary>
internal sealed class LeasesState(PoolsState pools, RequestsState requests)
{
    private readonly Dictionary<Attachment, Holding> _holdings = [];

    /// <summary>Attachments that hold something.</summary>
    public int Count => _holdings.Count;

    public Holding? Find(Attachment attachment) => _holdings.GetValueOrDefault(attachment);

    /// <summary>The live lease of an address.</summary>
    public Lease? LeaseOf(IpAddress address) =>
        pools.BlockOf(address) is { } block && block.SlotOf(address) is { } slot ? block.Addresses.LeaseAt(slot) : null;

    public void Grant(LeaseGranted granted, long position, Fact fact)
    {
        var block = BlockOf(granted.Address);
        if (block.Generation != granted.Generation || block.Node.Name != granted.Node)
        {
            throw new InvalidOperationException(
                $"{granted.Address} lies in generation {block.Position} of node {block.Node.Name}.");
        }

        if (!_holdings.TryGetValue(granted.Attachment, out var holding))
        {
            holding = new Holding
            {
                Node = block.Node,
                Attachment = granted.Attachment,
                Pod = granted.Pod,
                PodAssurance = granted.PodAssurance,
                Certificate = fact.Actor.Certificate ?? default,
                Request = fact.Request,
                GrantedAt = fact.At,
            };
            _holdings.Add(granted.Attachment, holding);
            if (fact.Request is { } request)
            {
                requests.Use(new RequestKey(block.Node, request), holding);
            }
        }

        if (block.SlotOf(granted.Address) is not { } slot
            || (block.Workload is { } bound
                ? granted.Pod.Workload != bound
                : block.Pool.Space.IsClosed(granted.Address)))
        {
            throw new InvalidOperationException($"{granted.Address} is kept back, excluded or reserved.");
        }

        var lease = new Lease(granted.Address, block, slot, holding, position);
        var own = block.Node.PoolOf(block.Pool);
        own.Forget(block, slot);
        block.Addresses.Hold(slot, lease);
        holding.Add(lease);
        block.Node.LeasesLive++;
        own.LeasesLive++;
        block.Pool.CountLease(holding.Pod.Namespace, 1);
        own.Refile(block);
    }

    /// <summary>
    /// Ends the lease that was granted at that position. The address cools; after a release by its node its holder may
    /// have it back at once, after a reclaim it may not. The last one of an attachment takes its request along.
    /// </summary>
    public void End(
        IpAddress address, Generation generation, long granted, long position, LedgerTime now, bool byNode)
    {
        var lease = LeaseOf(address) ?? throw new InvalidOperationException($"{address} is not leased.");
        var (block, holding) = (lease.Block, lease.Holding);
        if (block.Generation != generation || lease.Position != granted)
        {
            throw new InvalidOperationException(
                $"{address} was granted at {lease.Position} in generation {block.Position}.");
        }

        block.Addresses.Release(lease.Slot, position, now, byNode ? holding.Former : null);
        holding.Remove(lease);
        block.Node.LeasesLive--;
        var own = block.Node.PoolOf(block.Pool);
        own.LeasesLive--;
        block.Pool.CountLease(holding.Pod.Namespace, -1);
        own.Remember(block, lease.Slot);
        own.Refile(block);
        if (!holding.IsEmpty)
        {
            return;
        }

        _ = _holdings.Remove(holding.Attachment); // It is there: the lease was found through it.
        requests.Answered.Add(holding.Attachment, now);
        if (holding.Request is { } request)
        {
            requests.End(new RequestKey(holding.Node, request), now);
        }
    }

    private BlockState BlockOf(IpAddress address) => pools.BlockOf(address)
        ?? throw new InvalidOperationException($"{address} is in no live block.");
}
