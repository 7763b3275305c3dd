using Broker.Journal.Dapr;
using Broker.Journal.Moving;
using Broker.Journal.Reading;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Testing.Stores;
using Broker.Tests.Journal.Dapr;
using Broker.Tests.Journal.Sqlite;
using Broker.Tests.Journal.Store;
using Broker.Tests.Journal.Writing;
using Xunit;

namespace Broker.Tests.Journal.Moving;

/// <summary>A ledger moves to another store, and is served there and nowhere else.</summary>
public sealed class JournalCopyTests
{
    private const int Commands = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_moved_ledger_is_the_same_and_is_served_there_alone()
    {
        var source = await SourceAsync();
        var api = new MemoryStateApi();
        var commitment = PrivateText.Commitment;

        var head = await CopyAsync(source, ToMemory(api));

        await using var from = new FaultStore(source);
        Assert.Equal((await from.OpenAsync(Token))!.Root, head.Root);
        var refused = await Assert.ThrowsAsync<JournalStoreException>(() => LeadAsync(from));
        Assert.Equal("ledger_sealed", refused.Code);
        await using var there = MemoryLedger.Read(api);
        Assert.True((await JournalVerifier.VerifyAsync(there, null, Token)).IsGood);
        Assert.Equal("Ada", (await there.ReadPrivateAsync(commitment, Token))?.Value);

        // Nobody needs to be told to take over what was just moved.
        await using var writing = DaprJournalStore.Over(
            api, MemoryLedger.Settings, DaprJournalMode.ReadWrite, TimeProvider.System);
        await LeadAsync(writing);
        Assert.True((await JournalVerifier.VerifyAsync(there, null, Token)).IsGood);
    }

    [Fact]
    public async Task It_moves_into_a_folder_and_back()
    {
        var source = await SourceAsync();
        using var folder = new DataFolder();
        var moved = await CopyAsync(source, () => SqliteJournalImport.Open(folder.Path, TimeProvider.System));
        var api = new MemoryStateApi();
        await using (var store = await folder.OpenAsync(SqliteStoreMode.ReadWrite))
        {
            Assert.True((await JournalVerifier.VerifyAsync(store, null, Token)).IsGood);
            await LeadAsync(store);
            await using var back = ToMemory(api)();
            var head = await JournalCopy.RunAsync(store, back, TimeProvider.System, null, Token);
            Assert.True(head.Size > moved.Size);
        }

        await using var there = MemoryLedger.Read(api);
        Assert.True((await JournalVerifier.VerifyAsync(there, null, Token)).IsGood);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Broken_off_anywhere_it_is_run_again(bool isFolder)
    {
        var isDone = false;
        for (var breakAt = 0; !isDone; breakAt++)
        {
            var source = await SourceAsync();
            var api = new MemoryStateApi();
            using var folder = new DataFolder();
            Func<IJournalImport> open =
                isFolder ? () => SqliteJournalImport.Open(folder.Path, TimeProvider.System) : ToMemory(api);
            try
            {
                var at = breakAt;
                _ = await CopyAsync(source, () => new BreakingImport(open(), at)); // It is compared below.
                isDone = true;
            }
            catch (JournalStoreException e) when (e.Code == "broken_off")
            {
                await using var half = open();
                Assert.Null(await half.OpenAsync(Token));
            }

            var head = await CopyAsync(source, open);
            await using var from = new FaultStore(source);
            var before = await from.OpenAsync(Token);
            Assert.Equal((before!.Size, before.Root), (head.Size, head.Root));
        }
    }

    [Fact]
    public async Task A_place_that_holds_a_ledger_or_is_meant_for_another_is_refused_before_anything_is_sealed()
    {
        var source = await SourceAsync();
        var api = new MemoryStateApi();
        await using (var other = MemoryLedger.Create(api))
        {
            _ = await JournalMaker.CreateAsync(other); // Its head is in the way.
        }

        await AssertFailsAsync("journal_exists", () => CopyAsync(source, ToMemory(api)));
        await AssertFailsAsync("import_other", () => CopyAsync(source, () => DaprJournalImport.Over(
            new MemoryStateApi(),
            MemoryLedger.Settings with { Origin = "ipam.example.org/other" },
            TimeProvider.System)));
        await LeadAsync(new FaultStore(source));
    }

    private static Broker.Core.Journal.PrivateText PrivateText { get; } =
        Broker.Core.Journal.PrivateText.Seal("Ada", new byte[32]);

    private static Func<IJournalImport> ToMemory(MemoryStateApi api) =>
        () => DaprJournalImport.Over(api, MemoryLedger.Settings, TimeProvider.System);

    private static async Task<FaultMemory> SourceAsync()
    {
        await using var fixture = await WriterFixture.StartAsync();
        for (var i = 0; i < Commands; i++)
        {
            _ = await fixture.IssueAsync(i); // Each is a batch of its own, with a name that is private.
        }

        return fixture.Store.Memory;
    }

    private static async Task<JournalHead> CopyAsync(FaultMemory memory, Func<IJournalImport> open)
    {
        await using var source = new FaultStore(memory);
        await using var destination = open();
        return await JournalCopy.RunAsync(source, destination, TimeProvider.System, null, Token);
    }

    private static async Task LeadAsync(IJournalStore store)
    {
        await using var writer = await LedgerWriter.StartAsync(store, new(), TimeProvider.System, [], Token);
        await writer.StopAsync();
    }

    private static async Task AssertFailsAsync(string code, Func<Task> action) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<JournalStoreException>(action)).Code);
}
