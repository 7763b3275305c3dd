namespace Broker.Contracts.Blocks;

/// <summary>
/// Asks for blocks: one in each named pool, or, when none is named, one in the first open pool of each family.
/// </summary>
public sealed record BlocksRequest(string RequestId, IReadOnlyList<string>? Pools = null);
