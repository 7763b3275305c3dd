using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>block.released</c>: given back by its node with nothing held in it; cooling from now on.</summary>
public sealed record BlockReleased(Cidr Block, Generation Generation, NodeName Node) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Block(Block);
}
