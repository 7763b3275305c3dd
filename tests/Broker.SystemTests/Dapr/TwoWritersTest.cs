using Broker.Testing.Dapr;
using Broker.Testing.Load;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>
/// Two broker processes, each with a sidecar of its own, on one real server: the second takes over while the first is
/// under load. What the first acknowledged is there, nothing is given twice, and the first answers nothing more.
/// </summary>
[Collection(StoreServersGroup.Name)]
public sealed class TwoWritersTest(StoreServers servers)
{
    private const int StartNodes = 4;
    private const int RequestsBefore = 300;
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(StoreServer.Redis, Disturbance.None)]
    [InlineData(StoreServer.Redis, Disturbance.Paused)]
    [InlineData(StoreServer.Redis, Disturbance.CutOff)]
    [InlineData(StoreServer.Postgres, Disturbance.None)]
    [InlineData(StoreServer.Postgres, Disturbance.Paused)]
    [InlineData(StoreServer.Postgres, Disturbance.CutOff)]
    public async Task A_take_over_under_load_loses_nothing_and_gives_nothing_twice(
        StoreServer server, Disturbance disturbance)
    {
        await using var sidecars = new Sidecars(servers, server);
        var firstSidecar = await sidecars.StartAsync();
        var secondSidecar = await sidecars.StartAsync();
        using var world = new LoadWorld();
        await world.InitAsync(DaprFolders.Settings(firstSidecar));
        using var temp = new TempFolder();
        var secondFolder = DaprFolders.Second(world.Folder, temp);

        await using var first = await ServedBroker.ServeAsync(world.Folder);
        using var session = new LoadSession(world, first);
        await PrepareAsync(session);
        var run = new LoadRun(session, seed: 7, signalAt: RequestsBefore);
        var running = run.RunAsync();
        _ = await Task.WhenAny(run.Signal, running) // Either; the next line tells.
            .WaitAsync(deadline, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted, string.Join('\n', first.Process.Output.TakeLast(20)));

        await DisturbAsync(disturbance, first, firstSidecar);
        await using var second = ServedBroker.Start(
            secondFolder, ["--take-over", .. DaprFolders.Settings(secondSidecar)]);
        await second.WaitUntilServingAsync();
        await RecoverAsync(disturbance, first, firstSidecar);

        await running.WaitAsync(deadline, TestContext.Current.CancellationToken);
        Assert.Equal(70, await first.Process.WaitForExitAsync(deadline));
        Assert.Contains(
            first.Process.Output, line => line.Contains("Another writer took over", StringComparison.Ordinal));
        await AuditAsync(world, second);
        Assert.Equal(0, (await BrokerProgram.RunAsync("verify", "--data", world.Folder)).ExitCode);
    }

    private static async Task PrepareAsync(LoadSession session)
    {
        await session.DefinePoolsAsync();
        for (var i = 0; i < StartNodes; i++)
        {
            session.World.Nodes.Add(new LoadNode(session.World.NewName("node-")));
            await session.EnrolAsync(session.World.Nodes[^1]);
        }
    }

    private static async Task DisturbAsync(Disturbance disturbance, ServedBroker first, SidecarDouble sidecar)
    {
        if (disturbance == Disturbance.Paused)
        {
            Assert.True(first.Process.Pause());
        }
        else if (disturbance == Disturbance.CutOff)
        {
            await sidecar.StopAsync();
        }
    }

    private static async Task RecoverAsync(Disturbance disturbance, ServedBroker first, SidecarDouble sidecar)
    {
        if (disturbance == Disturbance.Paused)
        {
            Assert.True(first.Process.Resume());
        }
        else if (disturbance == Disturbance.CutOff)
        {
            await sidecar.StartAsync();
        }
    }

    private static async Task AuditAsync(LoadWorld world, ServedBroker second)
    {
        using var session = new LoadSession(world, second);
        var audit = new LoadAudit(session);
        await audit.EnrolAsync(world.Nodes);
        await audit.RunAsync();
        await audit.ReadAllAsync();
        Assert.Empty(world.Faults.Concat(world.Checker.Faults).Take(20));
        Assert.True(world.Acknowledged > 0);
    }
}
