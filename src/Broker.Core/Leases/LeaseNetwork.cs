using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Pools;
using Broker.Core.Views;

namespace Broker.Core.Leases;

/// <summary>What an interface needs besides its address, as the pool's network has it.</summary>
internal static class LeaseNetwork
{
    public static LeaseView View(
        IpAddress address, PoolSpec pool, Cidr block, Generation generation, in LeaseFacts facts)
    {
        var (prefix, gateway) = pool.Network switch
        {
            PoolNetwork.Routed => (block.PrefixLength, KeptBack.GatewayOf(block)),
            PoolNetwork.Flat => (pool.Cidr.PrefixLength, KeptBack.GatewayOf(pool.Cidr)),
            _ => (address.Bits, (IpAddress?)null),
        };
        return new LeaseView(
            address,
            prefix,
            gateway,
            pool.Name,
            block,
            generation,
            facts.Node,
            facts.Attachment,
            facts.Pod,
            facts.Certificate,
            facts.Request,
            facts.GrantedAt,
            facts.Position,
            facts.PodAssurance);
    }
}
