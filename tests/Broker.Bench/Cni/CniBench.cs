using System.Diagnostics;
using System.Globalization;
using Broker.Bench.Grants;
using Broker.Bench.Rows;
using Broker.Testing.Processes;

namespace Broker.Bench.Cni;

/// <summary>
/// ADD and DEL of the plugin by exec, as a runtime calls it, against the real host-local, pair by pair in turns, with
/// ever more addresses taken.
/// </summary>
internal static class CniBench
{
    private const int PairsPerRound = 40;

    /// <summary>
    /// Pairs of each side before the first round. A broker serves for weeks; its runtime compiles what a connection
    /// passes through again and again during the first hundreds of them.
    /// </summary>
    private const int WarmPairs = 300;
    private static readonly int[] Taken = [0, 110, 250, 1000];

    public static async Task RunAsync(BenchReport report, BenchSize size)
    {
        BenchReport.Progress("the plugin is published");
        _ = await PublishedPlugin.ReadyAsync(); // It throws what the compiler said.
        using var folder = new TempFolder();
        await using var ledger = await BenchLedger.StartAsync(nodes: 1);
        var ours = new BrokerIpam(PublishedPlugin.Program, ledger, folder);
        var theirs = new HostLocal(folder["host-local"]);
        Warm(ours, theirs, WarmPairs);
        var filled = 0;
        foreach (var taken in Taken)
        {
            BenchReport.Progress($"{taken} addresses taken");
            await ours.FillAsync(taken - filled);
            await theirs.FillAsync(taken - filled);
            filled = taken;
            report.Add(Compare(ours, theirs, taken, size.Rounds));
        }
    }

    private static BenchRow Compare(ICniPlugin ours, ICniPlugin theirs, int taken, int rounds)
    {
        Warm(ours, theirs, 1); // What the other side's turn took out of the caches.
        var (ratios, our, their) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var (mine, peers) = (new List<double>(), new List<double>());
            for (var i = 0; i < PairsPerRound; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"c-{taken}-{round}-{i}");
                mine.Add(Pair(ours, id));
                peers.Add(Pair(theirs, id));
            }

            ratios.Add(Medians.Of(mine) / Medians.Of(peers));
            our.AddRange(mine);
            their.AddRange(peers);
        }

        return new BenchRow(
            string.Create(CultureInfo.InvariantCulture, $"ADD+DEL, {taken} taken : host-local"),
            Medians.Of(ratios),
            4,
            AtMost: true,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Medians.Of(our):0.0} to {Medians.Of(their):0.0} ms; p99 {Tail(our):0.0} to {Tail(their):0.0} ms"));
    }

    private static void Warm(ICniPlugin ours, ICniPlugin theirs, int pairs)
    {
        for (var i = 0; i < pairs; i++)
        {
            _ = Pair(ours, "warm"); // Not counted.
            _ = Pair(theirs, "warm");
        }
    }

    private static double Pair(ICniPlugin plugin, string containerId)
    {
        var start = Stopwatch.GetTimestamp();
        plugin.Run("ADD", containerId);
        plugin.Run("DEL", containerId);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Tail(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.99));
}
