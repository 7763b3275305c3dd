using Broker.Journal.Dapr;
using Broker.Journal.Store;
using Broker.Tests.Journal.Store;

namespace Broker.Tests.Journal.Dapr;

/// <summary>A ledger in a <see cref="MemoryStateApi"/>.</summary>
internal static class MemoryLedger
{
    public const string Head = "{ipam}.head";

    public static DaprJournalSettings Settings { get; } = new()
    {
        Endpoint = new Uri("http://127.0.0.1:1"),
        StateStore = "journal",
        Name = "ipam",
        Origin = JournalMaker.Origin,
        Patience = TimeSpan.FromMilliseconds(200),
    };

    public static DaprJournalStore Create(MemoryStateApi api) =>
        DaprJournalStore.Over(api, Settings, DaprJournalMode.Create, TimeProvider.System);

    public static DaprJournalStore TakeOver(MemoryStateApi api) => DaprJournalStore.Over(
        api, Settings with { TakeOver = true }, DaprJournalMode.ReadWrite, TimeProvider.System);

    public static DaprJournalStore Read(MemoryStateApi api, DaprJournalSettings? settings = null) =>
        DaprJournalStore.Over(api, settings ?? Settings, DaprJournalMode.ReadOnly, TimeProvider.System);

    public static async Task<CommitResult> CommitAsync(IJournalStore store, JournalMaker maker)
    {
        var (next, batch) = maker.Next(1);
        return await store.CommitAsync(maker.Head, next, batch, Xunit.TestContext.Current.CancellationToken);
    }
}
