using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Grant one block in each of the named pools; when none is named, in each pool of podCIDRs, or, where there is none,
/// in the first open pool of each family: all in one commit or none.
/// </summary>
public sealed record GrantBlocks(
    NodeCaller Caller, RequestId RequestId, IReadOnlyList<PoolName> Pools)
    : Command<BlocksGranted>(Caller.Actor, RequestId);
