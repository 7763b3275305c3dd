using Broker.Journal.Dapr;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;

namespace Broker.Server.Hosting;

/// <summary>Opens the journal where the settings say that it lies.</summary>
internal static class JournalStores
{
    /// <summary>To read it without its writer noticing.</summary>
    public static Task<IJournalStore> ReadAsync(
        string folder, DaprJournalSettings? dapr, CancellationToken cancellation) =>
        OpenAsync(folder, dapr, (SqliteStoreMode.ReadOnly, DaprJournalMode.ReadOnly), cancellation);

    /// <summary>To write it.</summary>
    public static Task<IJournalStore> WriteAsync(
        string folder, DaprJournalSettings? dapr, CancellationToken cancellation) =>
        OpenAsync(folder, dapr, (SqliteStoreMode.ReadWrite, DaprJournalMode.ReadWrite), cancellation);

    /// <summary>To create it.</summary>
    public static Task<IJournalStore> CreateAsync(
        string folder, DaprJournalSettings? dapr, CancellationToken cancellation) =>
        OpenAsync(folder, dapr, (SqliteStoreMode.Create, DaprJournalMode.Create), cancellation);

    private static async Task<IJournalStore> OpenAsync(
        string folder,
        DaprJournalSettings? dapr,
        (SqliteStoreMode Sqlite, DaprJournalMode Dapr) mode,
        CancellationToken cancellation) => dapr is null
        ? await SqliteJournalStore.OpenFolderAsync(folder, mode.Sqlite, cancellation)
        : DaprJournalStore.Connect(dapr, mode.Dapr, TimeProvider.System);
}
