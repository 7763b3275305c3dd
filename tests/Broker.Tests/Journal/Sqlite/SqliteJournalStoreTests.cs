using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Tests.Journal.Store;

namespace Broker.Tests.Journal.Sqlite;

/// <summary>The conformance suite on SQLite.</summary>
public sealed class SqliteJournalStoreTests : JournalStoreConformance
{
    private readonly DataFolder _folder = new();

    protected override async Task<IJournalStore> NewAsync() => await _folder.OpenAsync(SqliteStoreMode.Create);

    protected override async Task<IJournalStore> ReopenAsync(IJournalStore disposed) =>
        await _folder.OpenAsync(SqliteStoreMode.ReadWrite);

    protected override ValueTask CleanUpAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
