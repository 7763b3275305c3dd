using Broker.Contracts.Ledgers;
using Broker.Contracts.Pools;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Pools;

/// <summary>What the description of the surface says of pools.</summary>
internal static class PoolDocs
{
    public static EndpointAbout List { get; } = new("listPools", "Lists the pools and how full they are.")
    {
        Gives = typeof(PoolList),
    };

    public static EndpointAbout Read { get; } = new("readPool", "Reads a pool and how full it is.")
    {
        Gives = typeof(PoolInfo),
        Problems = ["pool_unknown"],
    };

    public static EndpointAbout Define { get; } = new(
        "definePool", "Defines a pool, or changes the definition of one: what is left out has its default.")
    {
        Takes = typeof(PoolDefinition),
        Gives = typeof(PoolInfo),
        Query = [DryRun.Described],
        Problems =
        [
            "invalid_pool", "conflict", "pool_unknown", "pool_overlaps", "pool_change_refused", "pod_cidrs_unrecorded",
            "pod_cidrs_pool_exists", "nodes_unlisted", "pool_drained", "ledger_limit",
        ],
    };

    public static EndpointAbout Open { get; } = new("openPool", "Opens a pool, so that it grants from now on.")
    {
        Takes = typeof(ChangeRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(PoolInfo),
        Problems = ["pool_unknown", "pod_cidrs_unrecorded", "nodes_unlisted"],
    };

    public static EndpointAbout Drain { get; } = new(
        "drainPool", "Drains a pool: it grants nothing any more, and what is held in it stays until it is released.")
    {
        Takes = typeof(ChangeRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(PoolInfo),
        Problems = ["pool_unknown"],
    };

    public static EndpointAbout Retire { get; } = new(
        "retirePool", "Takes a drained pool out of the ledger, once nothing in it is held, reserved or cooling.")
    {
        Takes = typeof(ChangeRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(PoolInfo),
        Problems = ["pool_unknown", "pool_in_use"],
    };
}
