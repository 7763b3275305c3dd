using Broker.Testing.Dapr;
using Broker.Testing.Load;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>The broker's own commands on a ledger in a state store.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class DaprServeTest(StoreServers servers)
{
    [Theory]
    [InlineData(StoreServer.Redis)]
    [InlineData(StoreServer.Postgres)]
    public async Task Init_serve_restart_and_verify(StoreServer server)
    {
        await using var sidecars = new Sidecars(servers, server);
        var sidecar = await sidecars.StartAsync(new SidecarDoubleOptions { ApiToken = "secret" });
        using var world = new LoadWorld();
        using var temp = new TempFolder();
        var token = temp.Write("token", "secret\n");
        await world.InitAsync([.. DaprFolders.Settings(sidecar), "--set", $"journal:dapr:apiTokenFile={token}"]);
        for (var start = 0; start < 2; start++)
        {
            // The folder that wrote last goes on without being told to take over.
            await using var broker = await ServedBroker.ServeAsync(world.Folder);
            broker.Process.Kill();
        }

        var verified = await BrokerProgram.RunAsync("verify", "--data", world.Folder);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("events are what was written", verified.Text, StringComparison.Ordinal);

        var other = DaprFolders.Second(world.Folder, temp);
        Assert.Contains("ledger_led", await RefusedAsync(other), StringComparison.Ordinal);
        Assert.Contains(
            "ledger_other",
            await RefusedAsync(world.Folder, "--set", "journal:dapr:origin=broker.local/other"),
            StringComparison.Ordinal);
        Assert.Contains(
            "dapr_component",
            await RefusedAsync(world.Folder, "--set", "journal:dapr:stateStore=other"),
            StringComparison.Ordinal);
        Assert.Contains(
            "dapr_unauthorized",
            await RefusedAsync(world.Folder, "--set", "journal:dapr:apiTokenFile="),
            StringComparison.Ordinal);
        Assert.Contains(
            "head_missing",
            await RefusedAsync(world.Folder, "--set", "journal:dapr:name=other"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_init_on_the_same_place_is_refused()
    {
        await using var sidecars = new Sidecars(servers, StoreServer.Redis);
        var sidecar = await sidecars.StartAsync();
        using var first = new LoadWorld();
        await first.InitAsync(DaprFolders.Settings(sidecar));
        using var second = new LoadWorld();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => second.InitAsync(DaprFolders.Settings(sidecar)));

        Assert.Contains("journal_exists", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RefusedAsync(string folder, params IEnumerable<string> more)
    {
        var ended = await BrokerProgram.RunAsync([.. ServedBroker.Arguments(folder, FreePort.Take(4)), .. more]);
        Assert.NotEqual(0, ended.ExitCode);
        return ended.Text;
    }
}
