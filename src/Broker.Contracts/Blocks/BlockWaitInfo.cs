namespace Broker.Contracts.Blocks;

/// <summary>
/// A block on its way from one node to the next. WaitsFor is cooldown, release, leases, node_deletion or operator. Node
/// and generation are null for a block that cools, and secondsLeft for one that does not.
/// </summary>
public sealed record BlockWaitInfo(
    string Block,
    string Pool,
    string WaitsFor,
    string? Node,
    long? Generation,
    long Leases,
    long? SecondsLeft);
