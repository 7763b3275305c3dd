namespace Broker.Contracts.Blocks;

/// <summary>
/// Asks for blocks: one in each named pool; when none is named, the node's podCIDRs, or, where no pool gives them, one
/// in the first open pool of each family.
/// </summary>
public sealed record BlocksRequest(string RequestId, IReadOnlyList<string>? Pools = null);
