using Broker.Bench.Cni;
using Broker.Bench.Dapr;
using Broker.Bench.Grants;
using Broker.Bench.Ledgers;
using Broker.Bench.Rows;

namespace Broker.Bench;

/// <summary>What can be measured, by name.</summary>
internal static class BenchSuites
{
    public static IReadOnlyDictionary<string, Func<BenchReport, BenchSize, Task>> All { get; } =
        new SortedDictionary<string, Func<BenchReport, BenchSize, Task>>(StringComparer.Ordinal)
        {
            ["cni"] = CniBench.RunAsync,
            ["core"] = CoreBench.RunAsync,
            ["dapr"] = DaprBench.RunAsync,
            ["grants"] = GrantsBench.RunAsync,
        };
}
