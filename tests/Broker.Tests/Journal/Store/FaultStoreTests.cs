using Broker.Journal.Store;
using Broker.Testing.Stores;
using Xunit;

namespace Broker.Tests.Journal.Store;

/// <summary>The store that fails when told to: as good as any while it is not told to.</summary>
public sealed class FaultStoreTests : JournalStoreConformance
{
    [Fact]
    public async Task A_lost_reply_has_written_and_a_failed_commit_has_not()
    {
        foreach (var fault in new[] { CommitFault.ReplyLost, CommitFault.Before })
        {
            await using var store = new FaultStore();
            var maker = await JournalMaker.CreateAsync(store);
            store.Fault = fault;
            var (next, batch) = maker.Next(2);
            await Assert.ThrowsAsync<JournalStoreException>(() => store.CommitAsync(maker.Head, next, batch, Token));
            store.Fault = CommitFault.None;
            await Assert.ThrowsAsync<JournalStoreException>(() => store.CommitAsync(maker.Head, next, batch, Token));
            await using var again = new FaultStore(store.Memory);
            Assert.Equal(fault == CommitFault.ReplyLost ? 3 : 1, (await again.OpenAsync(Token))!.Size);
        }
    }

    protected override Task<IJournalStore> NewAsync() => Task.FromResult<IJournalStore>(new FaultStore());

    protected override Task<IJournalStore> ReopenAsync(IJournalStore disposed) =>
        Task.FromResult<IJournalStore>(new FaultStore(((FaultStore)disposed).Memory));
}
