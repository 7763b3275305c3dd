using Broker.Testing.Load;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>
/// <c>broker journal copy</c>: from the embedded store to a state store and back, with real nodes in it.
/// </summary>
[Collection(StoreServersGroup.Name)]
public sealed class CopyTest(StoreServers servers)
{
    [Theory]
    [InlineData(StoreServer.Redis)]
    [InlineData(StoreServer.Postgres)]
    public async Task A_ledger_moves_to_a_state_store_and_back(StoreServer server)
    {
        await using var sidecars = new Sidecars(servers, server);
        var sidecar = await sidecars.StartAsync();
        using var world = new LoadWorld();
        using var temp = new TempFolder();
        await world.InitAsync();
        await FillAsync(world);
        var (there, back) = (temp["there"], temp["back"]);

        var copied = await RunAsync(
            ["journal", "copy", "--from", world.Folder, "--to", there, .. DaprFolders.Settings(sidecar)]);
        Assert.Equal(Root(copied), await VerifiedAsync(world.Folder));
        Assert.Equal(Root(copied), await VerifiedAsync(there));
        Assert.Contains("ledger_sealed", await RefusedAsync(world.Folder), StringComparison.Ordinal);
        Assert.Equal(Root(copied), Root(await RunAsync(
            ["journal", "copy", "--from", world.Folder, "--to", there])));

        await AuditAsync(world, there);
        var returned = await RunAsync(
            ["journal", "copy", "--from", there, "--to", back, "--set", "journal:store=sqlite"]);
        Assert.Equal(Root(returned), await VerifiedAsync(there));
        Assert.Equal(Root(returned), await VerifiedAsync(back));
        Assert.Contains("ledger_sealed", await RefusedAsync(there), StringComparison.Ordinal);
        await AuditAsync(world, back);
    }

    private static async Task FillAsync(LoadWorld world)
    {
        await using var broker = await ServedBroker.ServeAsync(world.Folder);
        using var session = new LoadSession(world, broker);
        await session.DefinePoolsAsync();
        world.Nodes.Add(new LoadNode(world.NewName("node-")));
        await session.EnrolAsync(world.Nodes[0]);
        var run = new LoadRun(session, seed: 3, signalAt: 100);
        var running = run.RunAsync();
        await run.Signal;
        broker.Process.Kill();
        await running;
    }

    private static async Task AuditAsync(LoadWorld world, string folder)
    {
        await using var broker = await ServedBroker.ServeAsync(folder);
        using var session = new LoadSession(world, broker);
        var audit = new LoadAudit(session);
        await audit.EnrolAsync(world.Nodes);
        await audit.RunAsync();
        Assert.Empty(world.Faults.Concat(world.Checker.Faults).Take(20));
        Assert.True(broker.Process.Terminate());
        Assert.Equal(0, await broker.Process.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task<string> RunAsync(IEnumerable<string> arguments)
    {
        var ended = await BrokerProgram.RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, ended.Text);
        return ended.Text;
    }

    private static async Task<string> VerifiedAsync(string folder) =>
        Root(await RunAsync(["verify", "--data", folder]));

    private static string Root(string text)
    {
        var at = text.IndexOf("root ", StringComparison.Ordinal);
        return text.Substring(at + "root ".Length, 64);
    }

    private static async Task<string> RefusedAsync(string folder)
    {
        var ended = await BrokerProgram.RunAsync(ServedBroker.Arguments(folder, FreePort.Take(4)));
        Assert.NotEqual(0, ended.ExitCode);
        return ended.Text;
    }
}
