using Broker.Cli.Output;
using Broker.Contracts.Pools;

namespace Broker.Cli.Pools;

/// <summary>How people see pools.</summary>
internal static class PoolColumns
{
    public static IReadOnlyList<Column<PoolInfo>> All { get; } =
    [
        new("NAME", pool => pool.Name),
        new("CIDR", pool => pool.Cidr),
        new("BLOCKS OF", pool => $"/{Shown.Number(pool.BlockPrefixLength)}", 2),
        new("NETWORK", pool => pool.Network, 3),
        new("COMMIT", pool => pool.Commit, 4),
        new("STATE", PoolCommands.StateOf),
        new("LIVE", pool => Shown.Number(pool.BlocksLive), 0, IsNumber: true),
        new("COOLING", pool => Shown.Number(pool.BlocksCooling), 1, IsNumber: true),
        new("TOTAL", pool => Shown.Large(pool.BlocksTotal), 1, IsNumber: true),
    ];

    /// <summary>One pool in full.</summary>
    public static void WriteOne(Screen screen, PoolInfo pool) => new Details()
        .Add("name", pool.Name)
        .Add("cidr", pool.Cidr)
        .Add("state", PoolCommands.StateOf(pool)
            + (pool.Open ? string.Empty : ": it grants nothing until 'brokerctl pools open'"))
        .Add("network", pool.Network)
        .Add("commit", pool.Commit)
        .Add("blocks of", $"/{Shown.Number(pool.BlockPrefixLength)}")
        .Add("blocks", $"{Shown.Number(pool.BlocksLive)} live, {Shown.Number(pool.BlocksCooling)} cooling, "
            + $"{pool.BlocksTotal} in all")
        .Add("blocks a node", $"at most {Shown.Number(pool.BlocksPerNodeMax)}")
        .Add("leases a node", Limit(pool.LeasesPerNodeMax))
        .Add("leases a namespace", Limit(pool.LeasesPerNamespaceMax))
        .Add("podCIDRs", pool.PodCidrs ? "yes: one block a Node, written on it" : "no")
        .Add("evidence", pool.NodeDeletionIsEvidence
            ? "the deletion of a Node gives its blocks back"
            : "an operator's word gives the blocks of a lost machine back")
        .Add("cooldown", $"address {Shown.Seconds(pool.AddressCooldownSeconds)}, "
            + $"block {Shown.Seconds(pool.BlockCooldownSeconds)}")
        .Add("exclusions", pool.Exclusions.Count == 0 ? "none" : string.Join("\n", pool.Exclusions))
        .Add("position", Shown.Number(pool.Position))
        .Write(screen);

    private static string Limit(int most) => most > 0 ? $"at most {Shown.Number(most)}" : "no limit";
}
