using Broker.Journal.Dapr;
using Broker.Journal.Store;
using Broker.Testing.Dapr;
using Broker.Testing.Processes;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>Sidecars and servers that go away, heads that go back, and sidecars that refuse.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class OutageTests(StoreServers servers)
{
    private static readonly TimeSpan shortPatience = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_waits_for_its_sidecar()
    {
        await using var sidecars = new Sidecars(servers, StoreServer.Redis);
        var sidecar = await sidecars.StartAsync();
        await using var store = Create(Sidecars.Settings(sidecar));
        var maker = await JournalMaker.CreateAsync(store);
        await sidecar.StopAsync();
        var commit = maker.AppendAsync(3);
        await sidecar.StartAsync();

        Assert.Equal(1, (await commit).First);
        Assert.Equal(4, (await store.OpenAsync(Token))!.Size);
    }

    [Theory]
    [InlineData(StoreServer.Redis)]
    [InlineData(StoreServer.Postgres)]
    public async Task Patience_ends_and_then_nothing_is_written_any_more(StoreServer server)
    {
        await using var sidecars = new Sidecars(servers, server);
        var sidecar = await sidecars.StartAsync();
        await using var store = Create(Sidecars.Settings(sidecar) with { Patience = shortPatience });
        var maker = await JournalMaker.CreateAsync(store);
        sidecar.Faults.Set(SidecarFault.StoreDown);
        var (next, batch) = maker.Next(1);
        await AssertFailsAsync("dapr_failed", () => store.CommitAsync(maker.Head, next, batch, Token));
        sidecar.Faults.Set(SidecarFault.None);

        await AssertFailsAsync("dapr_failed", () => store.CommitAsync(maker.Head, next, batch, Token));
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_has_lost_nothing()
    {
        var server = await RedisServer.StartAsync();
        await using var disposing = server;
        await using var component = await RedisComponent.ConnectAsync(server.Port);
        await using var sidecar = await SidecarDouble.StartAsync(component, new SidecarDoubleOptions());
        await using var store = Create(Sidecars.Settings(sidecar));
        var maker = await JournalMaker.CreateAsync(store);
        for (var round = 0; round < 3; round++)
        {
            await maker.AppendAsync(5);
            await server.KillAndStartAsync();
            Assert.Equal(maker.Head.Size, (await store.OpenAsync(Token))!.Size);
            await maker.AppendAsync(5);
        }
    }

    [Theory]
    [InlineData(StoreServer.Redis)]
    [InlineData(StoreServer.Postgres)]
    public async Task A_head_that_was_restored_or_deleted_refuses_start(StoreServer server)
    {
        await using var sidecars = new Sidecars(servers, server);
        var sidecar = await sidecars.StartAsync();
        using var temp = new TempFolder();
        var settings = Sidecars.Settings(sidecar) with { Folder = temp.Path, Patience = shortPatience };
        var component = await sidecars.ComponentAsync();
        StateEntry old;
        await using (var store = Create(settings))
        {
            var maker = await JournalMaker.CreateAsync(store);
            await maker.AppendAsync(2);
            old = (await component.GetAsync(sidecars.HeadKey))!;
            await maker.AppendAsync(2);
        }

        await component.SetAsync(new StateSet(sidecars.HeadKey, null, null, false));
        await AssertRefusesAsync("head_missing", settings);
        await component.SetAsync(new StateSet(sidecars.HeadKey, old.Data, null, false));
        await AssertRefusesAsync("head_back_in_time", settings);
    }

    [Theory]
    [InlineData(StoreServer.Redis)]
    [InlineData(StoreServer.Postgres)]
    public async Task Of_two_that_create_at_once_one_does(StoreServer server)
    {
        await using var sidecars = new Sidecars(servers, server);
        var stores = new[]
        {
            Create(Sidecars.Settings(await sidecars.StartAsync())),
            Create(Sidecars.Settings(await sidecars.StartAsync())),
        };
        var results = await Task.WhenAll(stores.Select(async store =>
        {
            try
            {
                await JournalMaker.CreateAsync(store);
                return "created";
            }
            catch (JournalStoreException e)
            {
                return e.Code;
            }
        }));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        Assert.Equal(["created", "journal_exists"], results.Order(StringComparer.Ordinal));
    }

    private static DaprJournalStore Create(DaprJournalSettings settings) =>
        DaprJournalStore.Connect(settings, DaprJournalMode.Create, TimeProvider.System);

    private static async Task AssertRefusesAsync(string code, DaprJournalSettings settings)
    {
        await using var store = DaprJournalStore.Connect(settings, DaprJournalMode.ReadWrite, TimeProvider.System);
        await AssertFailsAsync(code, () => store.OpenAsync(Token));
    }

    private static async Task AssertFailsAsync(string code, Func<Task> action) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<JournalStoreException>(action)).Code);
}
