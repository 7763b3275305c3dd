using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Views;

namespace Broker.Core.Leases;

/// <summary>A live lease.</summary>
internal sealed class Lease(IpAddress address, BlockState block, int slot, Holding holding, long position)
{
    public IpAddress Address { get; } = address;

    public BlockState Block { get; } = block;

    /// <summary>Where it stands in its block.</summary>
    public int Slot { get; } = slot;

    public Holding Holding { get; } = holding;

    /// <summary>The position of its <c>lease.granted</c>.</summary>
    public long Position { get; } = position;

    public LeaseView View() => LeaseNetwork.View(
        Address,
        Block.Pool.Spec,
        Block.Cidr,
        Block.Generation,
        new LeaseFacts(
            Holding.Node.Name, Holding.Attachment, Holding.Pod, Holding.Certificate, Holding.Request, Holding.GrantedAt,
            Position, Holding.PodAssurance));
}
