using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Views;

/// <summary>A block that is on its way from one node to the next, and what that waits for.</summary>
/// <param name="Block">The block.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="For">What it waits for.</param>
/// <param name="Node">The node that has it; null for a block that cools.</param>
/// <param name="Generation">Its generation; null for a block that cools.</param>
/// <param name="LeasesLive">Held addresses.</param>
/// <param name="SecondsLeft">How long it cools still, rounded up; null for what has no end by itself.</param>
public sealed record BlockWait(
    Cidr Block,
    PoolName Pool,
    BlockWaitFor For,
    NodeName? Node,
    Generation? Generation,
    long LeasesLive,
    long? SecondsLeft);
