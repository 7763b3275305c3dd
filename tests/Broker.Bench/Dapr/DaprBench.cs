using System.Globalization;
using Broker.Bench.Load;
using Broker.Bench.Rows;
using Broker.Testing.Dapr;

namespace Broker.Bench.Dapr;

/// <summary>
/// The journal through a sidecar's double to real servers, against the same bytes in as many round trips straight to
/// the same server by its own client, in turns.
/// </summary>
internal static class DaprBench
{
    private const int Callers = 1000;
    private const double GrantsPerSecond = 15_000;
    private const double TimesDirect = 3;

    public static async Task RunAsync(BenchReport report, BenchSize size)
    {
        await using (var redis = await RedisServer.StartAsync())
        {
            await using var ours = await RedisComponent.ConnectAsync(redis.Port);
            await using var direct = await RedisComponent.ConnectAsync(redis.Port);
            await RunAsync("Redis", ours, direct, report, size);
        }

        await using var postgres = await PostgresServer.StartAsync();
        await using var component = await PostgresComponent.ConnectAsync(postgres.ConnectionString, "ours_");
        await using var other = await PostgresComponent.ConnectAsync(postgres.ConnectionString, "direct_");
        await RunAsync("PostgreSQL", component, other, report, size);
    }

    private static async Task RunAsync(
        string name, IStateComponent component, IStateComponent direct, BenchReport report, BenchSize size)
    {
        await using var ledger = await DaprLedger.StartAsync(component);
        foreach (var callers in new[] { Callers, 1 })
        {
            BenchReport.Progress($"{name}, {callers} callers");
            _ = ClosedLoop.Run(ledger, callers, size.Turn); // Warm: its figures are of the compiler.
            var (ours, theirs, commits) = (new List<LoadResult>(), new List<LoadResult>(), new List<double>());
            for (var round = 0; round < size.Rounds; round++)
            {
                var before = ledger.Counted;
                ours.Add(ClosedLoop.Run(ledger, callers, size.Turn));
                var counted = ledger.Counted - before;
                commits.Add(counted.Batches / ours[^1].Took.TotalSeconds);
                var bytes = (int)(counted.Bytes / Math.Max(1, counted.Batches));
                theirs.Add(ClosedLoop.Run(
                    await DirectCommits.StartAsync(direct, bytes), connections: 1, size.Turn));
            }

            report.Add(Commits(name, callers, ours, theirs, commits));
            if (callers == Callers)
            {
                var rate = Medians.Of(ours.Select(result => result.PerSecond));
                report.Add(new BenchRow(
                    $"grants a second, {callers} callers, {name} : 15,000",
                    rate / GrantsPerSecond,
                    1,
                    AtMost: false,
                    string.Create(CultureInfo.InvariantCulture, $"{rate:N0} a second")));
            }
        }
    }

    private static BenchRow Commits(
        string name, int callers, List<LoadResult> ours, List<LoadResult> theirs, List<double> commits)
    {
        var ratio = Medians.Of(commits.Zip(theirs, (our, their) => their.PerSecond / our));
        return new BenchRow(
            $"a commit, {callers} callers, {name} : direct",
            ratio,
            TimesDirect,
            AtMost: true,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Medians.Of(commits):N0} to {Medians.Of(theirs.Select(r => r.PerSecond)):N0} a second; a grant's p50 "
                + $"{Of(ours, 50):0.0} ms, p99 {Of(ours, 99):0.0} ms"));
    }

    private static double Of(List<LoadResult> results, double percentile) =>
        Medians.Of(results.Select(result => result.Milliseconds(percentile)));
}
