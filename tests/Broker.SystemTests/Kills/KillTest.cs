using System.Diagnostics;
using System.Globalization;
using Broker.Testing;
using Broker.Testing.Load;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Kills;

/// <summary>The broker is killed under load, again and again on one folder, and nothing that it said is lost.</summary>
public sealed class KillTest
{
    private const int StartNodes = 6;
    private const int NodesToAskAgain = 12;
    private static readonly TimeSpan stopDeadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan loadDeadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_was_acknowledged_survives_SIGKILL_and_nothing_is_given_twice()
    {
        var rounds = TestSize.Of("KILLS", 10);
        var seed = TestSize.Of("KILLS_SEED", Random.Shared.Next(1, int.MaxValue));
        var random = new Random(seed);
        using var world = await StartWorldAsync();
        for (var round = 1; round <= rounds; round++)
        {
            var at = random.Next(50, 1500);
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}, round {round}: SIGKILL at request {at}");
            await using (var broker = await ServedBroker.ServeAsync(world.Folder))
            {
                await LoadUntilAsync(world, broker, random.Next(), at, broker.Process.Kill);
            }

            if (random.Next(3) == 0)
            {
                await KillWhileStartingAsync(world, random);
            }

            await AuditAsync(world, last: round == rounds);
            AssertGood(world, $"seed {seed}, round {round}");
        }

        Figures.Add("rounds", rounds);
        Figures.Add("events", world.Checker.Size);
        Figures.Add("acknowledged", world.Acknowledged);
        Figures.Add("without an answer", world.Unknown);
        Assert.True(world.Unknown > 0, "Every kill came between requests: the load is too thin to show anything.");
    }

    [Fact]
    public async Task Sigterm_under_load_ends_it_with_0_and_loses_nothing()
    {
        var seed = TestSize.Of("KILLS_SEED", Random.Shared.Next(1, int.MaxValue));
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        using var world = await StartWorldAsync();
        await using (var broker = await ServedBroker.ServeAsync(world.Folder))
        {
            var stopping = Stopwatch.StartNew();
            await LoadUntilAsync(world, broker, seed, 500, () =>
            {
                stopping.Restart();
                _ = broker.Process.Terminate(); // It serves: there is a process to tell.
            });
            Assert.Equal(0, await broker.Process.WaitForExitAsync(stopDeadline));
            Assert.True(stopping.Elapsed < stopDeadline, $"It took {stopping.Elapsed} to stop.");
        }

        await AuditAsync(world, last: true);
        AssertGood(world, $"seed {seed}");
    }

    [Fact]
    public async Task A_second_serve_on_the_folder_ends_and_names_the_holder()
    {
        using var world = new LoadWorld();
        await world.InitAsync();
        await using var broker = await ServedBroker.ServeAsync(world.Folder);

        var second = await BrokerProgram.RunAsync(ServedBroker.Arguments(world.Folder, FreePort.Take(4)));

        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains("data_folder_locked", second.Text, StringComparison.Ordinal);
        var holder = string.Create(CultureInfo.InvariantCulture, $"process {broker.Process.Id} ");
        Assert.Contains(holder, second.Text, StringComparison.Ordinal);
        Assert.False(broker.Process.HasExited);
    }

    private static async Task<LoadWorld> StartWorldAsync()
    {
        var world = new LoadWorld();
        try
        {
            await world.InitAsync();
            await using var broker = await ServedBroker.ServeAsync(world.Folder);
            using var session = new LoadSession(world, broker);
            await session.DefinePoolsAsync();
            for (var i = 0; i < StartNodes; i++)
            {
                world.Nodes.Add(new LoadNode(world.NewName("node-")));
                await session.EnrolAsync(world.Nodes[^1]);
            }

            return world;
        }
        catch
        {
            world.Dispose();
            throw;
        }
    }

    private static async Task LoadUntilAsync(
        LoadWorld world, ServedBroker broker, int seed, long requests, Action end)
    {
        using var session = new LoadSession(world, broker);
        var run = new LoadRun(session, seed, requests);
        var running = run.RunAsync();
        // A worker that fails otherwise than by the broker's end is seen here, not at the deadline.
        _ = await Task.WhenAny(run.Signal, running).WaitAsync(loadDeadline);
        Assert.True(
            run.Signal.IsCompleted && !broker.Process.HasExited,
            $"The broker ended by itself under load:\n{string.Join('\n', broker.Process.Output.TakeLast(20))}");
        end();
        await running.WaitAsync(loadDeadline);
    }

    /// <summary>Killed while it recovers: the next one finds the same.</summary>
    private static async Task KillWhileStartingAsync(LoadWorld world, Random random)
    {
        await using var broker = ServedBroker.Start(world.Folder);
        // The moment is the point: anywhere from the start of the process to a little after it serves.
        await Task.Delay(random.Next(0, 1500), TestContext.Current.CancellationToken);
        Assert.True(
            !broker.Process.HasExited || broker.SaysPortTaken, string.Join('\n', broker.Process.Output));
        broker.Process.Kill();
    }

    private static async Task AuditAsync(LoadWorld world, bool last)
    {
        await using var broker = await ServedBroker.ServeAsync(world.Folder);
        using var session = new LoadSession(world, broker);
        var audit = new LoadAudit(session);
        await audit.EnrolAsync(world.Nodes.TakeLast(NodesToAskAgain));
        await audit.RunAsync();
        if (last)
        {
            await audit.ReadAllAsync();
        }
    }

    private static void AssertGood(LoadWorld world, string where) => Assert.True(
        world.Faults.Count + world.Checker.Faults.Count == 0,
        $"{where}:\n{string.Join('\n', world.Faults.Concat(world.Checker.Faults).Take(20))}");
}
