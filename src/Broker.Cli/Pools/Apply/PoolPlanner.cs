using System.Globalization;
using Broker.Contracts.Pools;
using Broker.Contracts.Problems;

namespace Broker.Cli.Pools.Apply;

/// <summary>
/// Compares a file with what the broker has. A field that the file leaves out stays as it is, or, in a new pool, takes
/// the broker's default.
/// </summary>
internal static class PoolPlanner
{
    public static IReadOnlyList<PlannedPool> Plan(
        IReadOnlyList<PoolEntry> entries, IReadOnlyList<PoolInfo> present, string? reason)
    {
        var byName = present.ToDictionary(pool => pool.Name, StringComparer.Ordinal);
        var plan = entries.Select(entry => byName.GetValueOrDefault(entry.Name) is { } pool
            ? Compare(entry, pool, reason)
            : Create(entry, reason)).ToList();
        plan.AddRange(present
            .Where(pool => entries.All(entry => entry.Name != pool.Name))
            .Select(pool => new PlannedPool(pool.Name, PoolAction.NotInFile, [])));
        return plan;
    }

    private static PlannedPool Create(PoolEntry entry, string? reason) => new(
        entry.Name,
        PoolAction.Create,
        [.. Fields(entry, null).Where(change => change.New.Length > 0)],
        new PoolDefinition(
            entry.Cidr,
            entry.BlockPrefixLength,
            entry.Network,
            entry.Commit,
            entry.AddressCooldownSeconds,
            entry.BlockCooldownSeconds,
            entry.BlocksPerNodeMax,
            entry.Exclusions,
            entry.Open ?? false,
            reason,
            PodCidrs: entry.PodCidrs ?? false,
            NodeDeletionIsEvidence: entry.NodeDeletionIsEvidence ?? false,
            LeasesPerNodeMax: entry.LeasesPerNodeMax ?? 0,
            LeasesPerNamespaceMax: entry.LeasesPerNamespaceMax ?? 0));

    private static PlannedPool Compare(PoolEntry entry, PoolInfo pool, string? reason)
    {
        if (entry.Open == false && pool.Open)
        {
            return new PlannedPool(
                pool.Name, PoolAction.Change, [new FieldChange("open", "true", "false")], Refusal: CannotClose(pool));
        }

        if (entry.Open == true && pool.Drained)
        {
            return new PlannedPool(
                pool.Name, PoolAction.Change, [new FieldChange("open", "drained", "true")], Refusal: IsDrained(pool));
        }

        var changes = Fields(entry, pool).ToList();
        var opens = entry.Open == true && !pool.Open;
        if (changes.Count == 0)
        {
            return opens
                ? new PlannedPool(pool.Name, PoolAction.Open, [], Opens: true)
                : new PlannedPool(pool.Name, PoolAction.Unchanged, []);
        }

        if (opens)
        {
            changes.Add(new FieldChange("open", "false", "true"));
        }

        var definition = new PoolDefinition(
            entry.Cidr,
            entry.BlockPrefixLength ?? pool.BlockPrefixLength,
            entry.Network ?? pool.Network,
            entry.Commit ?? pool.Commit,
            entry.AddressCooldownSeconds ?? pool.AddressCooldownSeconds,
            entry.BlockCooldownSeconds ?? pool.BlockCooldownSeconds,
            entry.BlocksPerNodeMax ?? pool.BlocksPerNodeMax,
            entry.Exclusions ?? pool.Exclusions,
            Open: false,
            reason,
            pool.Position,
            entry.PodCidrs ?? pool.PodCidrs,
            entry.NodeDeletionIsEvidence ?? pool.NodeDeletionIsEvidence,
            entry.LeasesPerNodeMax ?? pool.LeasesPerNodeMax,
            entry.LeasesPerNamespaceMax ?? pool.LeasesPerNamespaceMax);
        return new PlannedPool(pool.Name, PoolAction.Change, changes, definition, opens);
    }

    /// <summary>The fields that the file sets and that differ from the pool, or from nothing.</summary>
    private static IEnumerable<FieldChange> Fields(PoolEntry entry, PoolInfo? pool)
    {
        (string Field, string? Old, string? New)[] fields =
        [
            ("cidr", pool?.Cidr, entry.Cidr),
            ("blockPrefixLength", Text(pool?.BlockPrefixLength), Text(entry.BlockPrefixLength)),
            ("network", pool?.Network, entry.Network),
            ("commit", pool?.Commit, entry.Commit),
            ("addressCooldownSeconds", Text(pool?.AddressCooldownSeconds), Text(entry.AddressCooldownSeconds)),
            ("blockCooldownSeconds", Text(pool?.BlockCooldownSeconds), Text(entry.BlockCooldownSeconds)),
            ("blocksPerNodeMax", Text(pool?.BlocksPerNodeMax), Text(entry.BlocksPerNodeMax)),
            ("podCIDRs", Text(pool?.PodCidrs), Text(entry.PodCidrs)),
            (
                "nodeDeletionIsEvidence",
                Text(pool?.NodeDeletionIsEvidence),
                Text(entry.NodeDeletionIsEvidence)),
            ("leasesPerNodeMax", Text(pool?.LeasesPerNodeMax), Text(entry.LeasesPerNodeMax)),
            ("leasesPerNamespaceMax", Text(pool?.LeasesPerNamespaceMax), Text(entry.LeasesPerNamespaceMax)),
            ("exclusions", Exclusions.Text(pool?.Exclusions), Exclusions.Text(entry.Exclusions)),
        ];
        return fields
            .Where(field => field.New is not null && field.New != field.Old)
            .Select(field => new FieldChange(field.Field, field.Old ?? string.Empty, field.New!));
    }

    private static Problem CannotClose(PoolInfo pool) => new(
        "about:blank",
        "A pool that is open cannot be closed.",
        409,
        "conflict",
        $"Pool {pool.Name} is open, and the file says open: false.",
        "Leave 'open' out, or say true.");

    private static Problem IsDrained(PoolInfo pool) => new(
        "about:blank",
        "The pool is drained: it grants nothing any more.",
        409,
        "pool_drained",
        $"Pool {pool.Name} is drained, and the file says open: true.",
        $"Take it out of the file; or, if it is to grant again: brokerctl pools open {pool.Name}");

    private static string? Text(bool? flag) => flag switch
    {
        true => "true",
        false => "false",
        null => null,
    };

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
