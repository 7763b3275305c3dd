using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>block.reclaimed</c>: taken from its node on evidence that the machine is gone, with nothing held in it any more;
/// cooling from now on.
/// </summary>
public sealed record BlockReclaimed(
    Cidr Block, Generation Generation, NodeName Node, Evidence Evidence, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Block(Block);
}
