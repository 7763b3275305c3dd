using System.Globalization;
using Broker.Bench.Load;
using Broker.Bench.Rows;

namespace Broker.Bench.Ledgers;

/// <summary>
/// The state machine against bounds of its own: what a grant costs, that it costs the same in a large ledger, and what
/// is remembered.
/// </summary>
internal static class CoreBench
{
    private const int Nodes = 1_000;
    private const int Few = 1_000;
    private const int Many = 1_000_000;
    private const int GrantsEach = 20_000;
    private const int Connections = 64;
    private const long PairsFew = 100_000;
    private const long PairsMany = 10_000_000;

    // So that an address has cooled long before the window comes round to it.
    private const long PairMicroseconds = 2_000;

    public static async Task RunAsync(BenchReport report, BenchSize size)
    {
        Memory(report, size);
        Remembered(report);
        await DurableAsync(report, size);
    }

    private static void Memory(BenchReport report, BenchSize size)
    {
        BenchReport.Progress($"{Few} and {Many} leases in memory");
        var small = new MemoryLedger(Nodes, "10.0.0.0/8", 20, cooldownSeconds: 0);
        small.Fill(Few);
        var large = new MemoryLedger(Nodes, "10.0.0.0/8", 20, cooldownSeconds: 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        large.Fill(Many);
        var kept = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Many;

        _ = (small.Grants(GrantsEach), large.Grants(GrantsEach)); // Warm.
        var (few, many) = (new List<double>(), new List<double>());
        var bytes = new List<double>();
        for (var round = 0; round < Math.Max(size.Rounds, 3); round++)
        {
            var one = small.Grants(GrantsEach);
            few.Add(one.Microseconds);
            bytes.Add(one.Bytes);
            many.Add(large.Grants(GrantsEach).Microseconds);
        }

        var detail = $"{Text(Medians.Of(many))} to {Text(Medians.Of(few))} us";
        report.Add(new("decide and apply one lease", Medians.Of(few), 2, AtMost: true, "", " us"));
        report.Add(new("allocated by it", Medians.Of(bytes), 600, AtMost: true, "", " B"));
        report.Add(new(
            "in memory, 1,000,000 live : 1,000", Medians.Of(many.Zip(few, (m, f) => m / f)), 2, AtMost: true, detail));
        report.Add(new("kept of a live lease", kept, 500, AtMost: true, "", " B"));
        GC.KeepAlive(large);
    }

    private static void Remembered(BenchReport report)
    {
        BenchReport.Progress($"{PairsMany} pairs of ADD and DEL on one /64");
        var ledger = new MemoryLedger(1, "fd00::/64", 64, cooldownSeconds: 60);
        ledger.Fill(100);
        ledger.Pairs(PairsFew, PairMicroseconds);
        var few = GC.GetTotalMemory(forceFullCollection: true);
        ledger.Pairs(PairsMany - PairsFew, PairMicroseconds);
        var many = GC.GetTotalMemory(forceFullCollection: true);
        report.Add(new(
            "memory after 10,000,000 pairs : 100,000", (double)many / few, 1.1, AtMost: true,
            $"{Text(many / 1e6)} to {Text(few / 1e6)} MB"));
        GC.KeepAlive(ledger);
    }

    private static async Task DurableAsync(BenchReport report, BenchSize size)
    {
        BenchReport.Progress($"{Few} and {Many} leases on disk");
        await using var small = await DurableLedger.StartAsync(Nodes);
        await small.FillAsync(Few);
        await using var large = await DurableLedger.StartAsync(Nodes);
        await large.FillAsync(Many);
        _ = ClosedLoop.Run(small, Connections, size.Turn); // Warm.
        _ = ClosedLoop.Run(large, Connections, size.Turn); // As above.
        var (few, many) = (new List<double>(), new List<double>());
        for (var round = 0; round < size.Rounds; round++)
        {
            few.Add(ClosedLoop.Run(small, Connections, size.Turn).PerSecond);
            many.Add(ClosedLoop.Run(large, Connections, size.Turn).PerSecond);
        }

        report.Add(new(
            "durable grant, 1,000,000 live : 1,000",
            Medians.Of(few.Zip(many, (f, m) => f / m)),
            1.3,
            AtMost: true,
            $"{Text(Medians.Of(many))} to {Text(Medians.Of(few))} a second from {Connections} callers"));
    }

    private static string Text(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
