using System.Globalization;
using Broker.Bench.Load;
using Broker.Bench.Peers;
using Broker.Bench.Rows;
using Broker.Testing.Processes;

namespace Broker.Bench.Grants;

/// <summary>
/// Single durable grants against puts of the same size to etcd, both over mutual TLS and HTTP/2, from the same load
/// program on the same machine, in turns.
/// </summary>
internal static class GrantsBench
{
    private const int ManyConnections = 1000;
    private const int FewConnections = 64;

    public static async Task RunAsync(BenchReport report, BenchSize size)
    {
        using var folder = new TempFolder();
        await using var ledger = await BenchLedger.StartAsync(ManyConnections);
        await using var etcd = await EtcdServer.StartAsync(folder["etcd"]);
        var bytes = await ledger.GrantBytesAsync();
        foreach (var connections in new[] { FewConnections, ManyConnections })
        {
            using var grants = new BrokerGrants(ledger, connections);
            using var puts = new EtcdPuts(etcd, connections, bytes);
            report.Add(RateRow(grants, puts, connections, size));
            if (connections == FewConnections)
            {
                report.Add(LatencyRow(grants, puts, connections, size));
            }

            if (puts.Repeated + grants.Repeated > 0)
            {
                BenchReport.Progress($"{grants.Repeated} grants and {puts.Repeated} puts were sent again");
            }
        }
    }

    private static BenchRow RateRow(
        ILoadTarget grants, ILoadTarget puts, int connections, BenchSize size)
    {
        BenchReport.Progress($"closed loop, {connections} connections");
        Warm(grants, puts, connections, size);
        var (ours, theirs) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < size.Rounds; round++)
        {
            ours.Add(ClosedLoop.Run(grants, connections, size.Turn));
            theirs.Add(ClosedLoop.Run(puts, connections, size.Turn));
        }

        var ratio = Medians.Of(ours.Zip(theirs, (our, their) => our.PerSecond / their.PerSecond));
        return new BenchRow(
            $"grants a second, {connections} connections : etcd puts",
            ratio,
            2,
            AtMost: false,
            $"{Rate(ours)} to {Rate(theirs)} a second; p99 {Tail(ours)} to {Tail(theirs)} ms");
    }

    /// <summary>Both at the rate that is half of what etcd can do.</summary>
    private static BenchRow LatencyRow(
        ILoadTarget grants, ILoadTarget puts, int connections, BenchSize size)
    {
        var limit = ClosedLoop.Run(puts, connections, size.Turn);
        var rate = Math.Floor(limit.PerSecond / 2);
        BenchReport.Progress(string.Create(CultureInfo.InvariantCulture, $"open loop, {rate} a second"));
        var (ours, theirs) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < size.Rounds; round++)
        {
            ours.Add(OpenLoop.Run(grants, connections, rate, size.Turn));
            theirs.Add(OpenLoop.Run(puts, connections, rate, size.Turn));
        }

        var ratio = Medians.Of(ours.Zip(theirs, (our, their) => our.Milliseconds(99) / their.Milliseconds(99)));
        return new BenchRow(
            $"p99 of a grant at {rate} a second : etcd put",
            ratio,
            1,
            AtMost: true,
            $"p50 {At(ours, 50)} to {At(theirs, 50)} ms; p99 {Tail(ours)} to {Tail(theirs)} ms; "
            + $"p99.9 {At(ours, 99.9)} to {At(theirs, 99.9)} ms");
    }

    // Connections, code and caches are warm before anything counts.
    private static void Warm(ILoadTarget grants, ILoadTarget puts, int connections, BenchSize size)
    {
        _ = ClosedLoop.Run(grants, connections, size.Turn);
        _ = ClosedLoop.Run(puts, connections, size.Turn);
    }

    private static string Rate(List<LoadResult> results) =>
        Medians.Of(results.Select(result => result.PerSecond)).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Tail(List<LoadResult> results) => At(results, 99);

    private static string At(List<LoadResult> results, double percentile) =>
        Medians.Of(results.Select(result => result.Milliseconds(percentile)))
            .ToString("0.0", CultureInfo.InvariantCulture);
}
