namespace Broker.Cli.Pools.Apply;

/// <summary>What was read from a file of pools: the entries, or all of its faults.</summary>
internal sealed record PoolFile(IReadOnlyList<PoolEntry> Entries, IReadOnlyList<PoolFileFault> Faults);
