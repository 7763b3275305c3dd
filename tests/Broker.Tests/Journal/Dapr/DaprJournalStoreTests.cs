using Broker.Journal.Store;
using Broker.Tests.Journal.Store;

namespace Broker.Tests.Journal.Dapr;

/// <summary>The conformance suite on the Dapr store, over a state store in memory.</summary>
public sealed class DaprJournalStoreTests : JournalStoreConformance
{
    private readonly MemoryStateApi _api = new();

    protected override Task<IJournalStore> NewAsync() => Task.FromResult<IJournalStore>(MemoryLedger.Create(_api));

    protected override Task<IJournalStore> ReopenAsync(IJournalStore disposed) =>
        Task.FromResult<IJournalStore>(MemoryLedger.TakeOver(_api));
}
