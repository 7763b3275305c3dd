using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Testing.Stores;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.Tests.Journal.Reading;

public sealed class JournalRereadingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_journal_is_read_to_the_size_that_was_durable_and_leaves_time_to_others()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(1024);
        await maker.AppendAsync(1023);
        var head = Durable(maker.Head);
        await maker.AppendAsync(5);
        var pauses = 0;
        await JournalRereading.ReadAsync(store, head, () => Count(ref pauses), Token);
        Assert.Equal(2, pauses);
    }

    [Fact]
    public async Task A_wrong_line_is_named_and_so_is_one_that_was_exchanged_with_its_hash()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(3);
        await using var flipped = new ChangedStore(store, all => all.Select(b => b with { Leaves = [default] }));
        Assert.Equal(("leaf_differs", 0), await DamageAsync(flipped, maker.Head));
        await using var exchanged = new ChangedStore(store, all => all.Select(b => b.Number == 0
            ? b
            : JournalBatch.Of(b.Number, b.First, [.. b.Lines.Reverse()], [])));
        Assert.Equal(("root_differs", 4), await DamageAsync(exchanged, maker.Head));
        await using var shortened = new ChangedStore(store, all => all.SkipLast(1));
        Assert.Equal(("journal_short", 1), await DamageAsync(shortened, maker.Head));
    }

    private static async Task<(string Code, long Position)> DamageAsync(IJournalStore store, JournalHead head)
    {
        var damage = await Assert.ThrowsAsync<JournalDamagedException>(
            () => JournalRereading.ReadAsync(store, Durable(head), () => ValueTask.CompletedTask, Token));
        return (damage.Code, damage.Position);
    }

    private static DurableHead Durable(JournalHead head) => new(head.Origin, head.Epoch, head.Size, head.Root);

    private static ValueTask Count(ref int pauses)
    {
        pauses++;
        return ValueTask.CompletedTask;
    }
}
