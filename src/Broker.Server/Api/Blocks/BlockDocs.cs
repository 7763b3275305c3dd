using Broker.Contracts.Blocks;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Blocks;

/// <summary>What the description of the surface says of blocks.</summary>
internal static class BlockDocs
{
    public static EndpointAbout Grant { get; } = new(
        "grantBlocks",
        "Asks for a block in each named pool; without a name for the node's podCIDRs, or, where no pool gives them, "
        + "for one in the first open pool of each family.")
    {
        Takes = typeof(BlocksRequest),
        Gives = typeof(BlocksGrantedResponse),
        Problems =
        [
            "node_quarantined", "conflict", "request_ended", "pool_unknown", "pool_adopting", "pool_drained",
            "pool_exhausted", "pod_cidrs_incomplete", "block_limit",
        ],
    };

    public static EndpointAbout Reclaim { get; } = new(
        "reclaimBlock",
        "Takes a block from a node whose machine is off, and fences the node; each lease ends by an event of its own.")
    {
        Takes = typeof(BlockReclaimRequest),
        Query = [DryRun.Described],
        Gives = typeof(BlockReclaimResponse),
        Problems =
        [
            "block_unknown", "conflict", "generation_stale", "node_exists", "node_not_fenced", "nodes_unlisted",
        ],
    };

    public static EndpointAbout ListOwn { get; } = new("listBlocks", "Lists the live blocks of the node that asks.")
    {
        Gives = typeof(BlockList),
    };

    public static EndpointAbout ListAll { get; } = new("listBlocks", "Lists the live blocks, of all nodes or of one.")
    {
        Gives = typeof(BlockList),
        Query = [new("node", "The name of a node.")],
    };

    public static EndpointAbout ListWaiting { get; } = new(
        "listBlocksWaiting", "Lists the blocks that wait before somebody else can have them, and what for.")
    {
        Gives = typeof(BlockWaitList),
    };

    public static EndpointAbout Release { get; } = new(
        "releaseBlock", "Gives back a block in which nothing is held; a generation that is gone changes nothing.")
    {
        Gives = typeof(BlockReleasedResponse),
        Query =
        [
            new("block", "The block, as a CIDR.") { Required = true },
            new("generation", "The position of its grant.", QueryKind.Number) { Required = true },
        ],
        Problems = ["block_unknown", "block_in_use", "generation_stale", "node_exists"],
    };
}
