using System.Text;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Time;
using Broker.Journal.Events;
using Broker.Journal.Reading;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Journal.Tree;
using Broker.Journal.Writing;
using Broker.Testing.Stores;
using Broker.Tests.Journal.Events;
using Broker.Tests.Journal.Sqlite;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.Tests.Journal.Reading;

public sealed class JournalVerifierTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_journal_is_good_to_its_end()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(5);
        await maker.AppendAsync(1024);
        var result = await JournalVerifier.VerifyAsync(store, null, Token);
        Assert.Null(result.Fault);
        Assert.Equal((maker.Head.Size, maker.Head.Root), (result.Size, result.Root));
    }

    [Fact]
    public async Task A_flipped_bit_in_the_database_names_the_position_of_its_event()
    {
        using var folder = new DataFolder();
        var head = await folder.FillAsync(20);
        var whole = File.ReadAllBytes(folder.Database);
        for (var position = 1; position < head.Size; position += 3)
        {
            // Pages keep stale copies of what was moved: each copy is flipped, one of them is the event.
            var sought = Encoding.UTF8.GetBytes($"\"behindMicroseconds\":{position - 1}}}");
            for (var at = whole.AsSpan().IndexOf(sought); at >= 0;)
            {
                DataFolder.Flip(folder.Database, at + 3, position % 8);
                var more = whole.AsSpan(at + 1).IndexOf(sought);
                at = more < 0 ? -1 : at + 1 + more;
            }

            await using (var store = await folder.OpenAsync(SqliteStoreMode.ReadOnly))
            {
                var fault = (await JournalVerifier.VerifyAsync(store, null, Token)).Fault!;
                Assert.Equal(("leaf_differs", position), (fault.Code, fault.Position));
            }

            File.WriteAllBytes(folder.Database, whole);
        }
    }

    [Fact]
    public async Task A_flipped_newline_names_the_line_before_it()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(4);
        var at = File.ReadAllBytes(folder.Database).AsSpan().LastIndexOf("\"behindMicroseconds\":2}}\n"u8);
        DataFolder.Flip(folder.Database, at + 24);
        await using var store = await folder.OpenAsync(SqliteStoreMode.ReadOnly);
        Assert.Equal(3, (await JournalVerifier.VerifyAsync(store, null, Token)).Fault!.Position);
    }

    [Fact]
    public async Task A_page_that_the_database_itself_calls_damaged_is_a_fault()
    {
        using var folder = new DataFolder();
        await folder.FillAsync(200);
        var bytes = File.ReadAllBytes(folder.Database);
        var at = bytes.AsSpan().LastIndexOf("\"behindMicroseconds\":300}}"u8) / 4096 * 4096;
        bytes.AsSpan(at, 64).Fill(0xff);
        File.WriteAllBytes(folder.Database, bytes);
        await using var store = await folder.OpenAsync(SqliteStoreMode.ReadOnly);
        var result = await JournalVerifier.VerifyAsync(store, null, Token);
        Assert.Equal("store_corrupt", result.Fault!.Code);
        Assert.Equal(result.Size, result.Fault.Position);
    }

    [Fact]
    public async Task A_line_that_was_exchanged_with_its_hash_breaks_the_root()
    {
        var fault = await FaultAfterAsync(b => b with { Leaves = [.. b.Leaves.Reverse()] }, false);
        Assert.Equal(("leaf_differs", 1L), (fault.Code, fault.Position));
        fault = await FaultAfterAsync(b => JournalBatch.Of(b.Number, b.First, [.. Lines(b, 9)], []), false);
        Assert.Equal(("root_differs", 3L), (fault.Code, fault.Position));
    }

    [Fact]
    public async Task A_missing_batch_names_the_first_position_that_is_missing()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(2);
        await maker.AppendAsync(2);
        foreach (var (dropped, code) in new[] { (1, "batch_missing"), (2, "journal_short") })
        {
            await using var changed = new ChangedStore(store, batches => batches.Where(b => b.Number != dropped));
            var fault = (await JournalVerifier.VerifyAsync(changed, null, Token)).Fault!;
            Assert.Equal((code, (dropped * 2L) - 1), (fault.Code, fault.Position));
        }
    }

    [Theory]
    [InlineData("prev_wrong", 2)]
    [InlineData("at_back", 2)]
    [InlineData("not_canonical", 2)]
    [InlineData("event_unknown", 2)]
    public async Task What_no_writer_would_write_is_found_though_all_hashes_fit(string code, long position)
    {
        var fact = JournalMaker.Stepped(1);
        var line = code switch
        {
            "prev_wrong" => EventCodec.Encode(fact with { Prev = 0 }),
            "at_back" => EventCodec.Encode(fact with { At = new Instant(fact.At.UnixMicroseconds - 1) }),
            "not_canonical" => [.. EventCodec.Encode(fact), (byte)' '],
            _ => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(EventCodec.Encode(fact))
                .Replace("clock.stepped", "clock.melted", StringComparison.Ordinal)),
        };
        var fault = await FaultAfterAsync(b => JournalBatch.Of(b.Number, b.First, [b.Lines[0], line], []), true);
        Assert.Equal((code, position), (fault.Code, fault.Position));
    }

    [Fact]
    public async Task A_first_event_that_names_another_origin_is_a_fault()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        await using var changed = new ChangedStore(store, b => b) { Head = maker.Head with { Origin = "other" } };
        var fault = (await JournalVerifier.VerifyAsync(changed, null, Token)).Fault!;
        Assert.Equal(("genesis_differs", 0L), (fault.Code, fault.Position));
    }

    [Fact]
    public async Task An_event_that_cannot_have_happened_is_found_by_verifier_and_writer()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        var lease = SampleFacts.All.First(fact => fact.Event is PoolOpened) with { Prev = null };
        await maker.AppendAsync(EventCodec.Encode(JournalMaker.Stepped(0)), EventCodec.Encode(lease with
        {
            At = JournalMaker.Stepped(0).At,
        }));

        var fault = (await JournalVerifier.VerifyAsync(store, null, Token)).Fault!;

        Assert.Equal(("event_impossible", 2L), (fault.Code, fault.Position));
        var error = await Assert.ThrowsAsync<JournalDamagedException>(
            () => LedgerWriter.StartAsync(store, new LedgerWriterSettings(), TimeProvider.System, [], Token));
        Assert.Equal(("event_impossible", 2L), (error.Code, error.Position));
    }

    [Theory]
    [InlineData("epoch")]
    [InlineData("writer")]
    [InlineData("batch")]
    [InlineData("first")]
    public async Task A_head_that_differs_from_the_newest_events_is_found_by_verifier_and_writer(string what)
    {
        await using var store = new FaultStore();
        _ = await LedgerGenesis.CreateAsync(store, JournalMaker.Origin, TimeProvider.System, Token);
        await using (await LedgerWriter.StartAsync(
            store, new LedgerWriterSettings(), TimeProvider.System, [], Token))
        {
            Assert.True((await JournalVerifier.VerifyAsync(store, null, Token)).IsGood);
        }

        var head = (await store.OpenAsync(Token))!;
        var flipped = what switch
        {
            "epoch" => head with { Epoch = head.Epoch ^ 2 },
            "writer" => head with { Writer = new string('0', 32) },
            "batch" => head with { BatchNumber = head.BatchNumber ^ 2 },
            _ => head with { TailFirst = head.TailFirst ^ 1 },
        };
        await using var changed = new ChangedStore(store, b => b) { Head = flipped };
        Assert.Equal("head_differs", (await JournalVerifier.VerifyAsync(changed, null, Token)).Fault!.Code);
        var error = await Assert.ThrowsAsync<JournalDamagedException>(
            () => LedgerWriter.StartAsync(changed, new LedgerWriterSettings(), TimeProvider.System, [], Token));
        Assert.Equal("head_differs", error.Code);
    }

    [Fact]
    public async Task An_empty_place_is_a_fault()
    {
        await using var store = new FaultStore();
        Assert.Equal("ledger_missing", (await JournalVerifier.VerifyAsync(store, null, Token)).Fault!.Code);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(JournalBatch batch, long behind) =>
        batch.Lines.Take(1).Append(EventCodec.Encode(
            JournalMaker.Stepped(1) with { Event = new ClockStepped(behind) }));

    // One batch of two events, changed on its way to the verifier; the head follows it if asked to.
    private static async Task<VerificationFault> FaultAfterAsync(Func<JournalBatch, JournalBatch> change, bool headToo)
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        var before = maker.Head;
        var batch = change(await maker.AppendAsync(2));
        var range = new CompactRange(before.Size, [.. before.Range]);
        foreach (var leaf in batch.Leaves)
        {
            range.Append(leaf);
        }

        await using var changed = new ChangedStore(store, all => all.Select(b => b.Number == 1 ? batch : b))
        {
            Head = headToo ? before.After(batch, range) : maker.Head,
        };
        return (await JournalVerifier.VerifyAsync(changed, null, Token)).Fault!;
    }
}
