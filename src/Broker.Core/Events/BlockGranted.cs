using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;

namespace Broker.Core.Events;

/// <summary><c>block.granted</c>: the node holds the block; this event's position is the generation.</summary>
public sealed record BlockGranted(
    Cidr Block, PoolName Pool, NodeName Node, NodeUid Uid, Lessor Lessor)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Block(Block);
}
