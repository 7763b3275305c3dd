using Broker.Journal.Reading;
using Broker.Testing.Stores;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.Tests.Journal.Reading;

public sealed class JournalReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_span_of_lines_is_read_with_its_positions()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        for (var i = 0; i < 5; i++)
        {
            await maker.AppendAsync(3);
        }

        var all = await JournalReader.ReadAsync(store, 0, 16, Token).ToListAsync(Token);
        Assert.Equal(16, all.Count);
        for (var from = 0; from <= 16; from++)
        {
            for (var to = from; to <= 16; to++)
            {
                var lines = await JournalReader.ReadAsync(store, from, to, Token).ToListAsync(Token);
                Assert.Equal(all[from..to].Select(l => l.Position), lines.Select(l => l.Position));
            }
        }

        Assert.Equal(2, (await JournalReader.ReadAsync(store, 14, 99, Token).ToListAsync(Token)).Count);
    }

    [Fact]
    public async Task A_damaged_line_is_not_served()
    {
        await using var store = new FaultStore();
        await (await JournalMaker.CreateAsync(store)).AppendAsync(3);
        await using var changed = new ChangedStore(
            store, all => all.Select(b => b with { Leaves = [.. b.Leaves.SkipLast(1).Append(default)] }));
        var served = 0;
        var error = await Assert.ThrowsAsync<JournalDamagedException>(async () =>
        {
            await foreach (var line in JournalReader.ReadAsync(changed, 1, 4, Token))
            {
                served++;
                Assert.InRange(line.Position, 1, 2);
            }
        });
        Assert.Equal((2, 3L), (served, error.Position));
    }
}
