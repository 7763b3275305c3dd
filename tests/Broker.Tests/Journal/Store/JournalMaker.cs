using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Time;
using Broker.Journal.Store;
using Broker.Journal.Tree;
using Broker.Journal.Writing;

namespace Broker.Tests.Journal.Store;

/// <summary>Writes journals without a state machine: as many events as a test wants.</summary>
internal sealed class JournalMaker
{
    public const string Origin = "ipam.example.org/test";

    private readonly IJournalStore _store;
    private readonly CompactRange _range;

    private JournalMaker(IJournalStore store, JournalHead head) =>
        (_store, Head, _range) = (store, head, new CompactRange(head.Size, [.. head.Range]));

    public JournalHead Head { get; private set; }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public static async Task<JournalMaker> CreateAsync(IJournalStore store) =>
        new(store, await LedgerGenesis.CreateAsync(store, Origin, TimeProvider.System, Token));

    public static JournalMaker Continue(IJournalStore store, JournalHead head) => new(store, head);

    public static Fact Stepped(long prev, PrivateText? by = null) => new(
        new Instant(4_000_000_000_000_000),
        null,
        prev,
        by is null ? Actor.Broker : new Actor(ActorRole.Operator, null, by, null),
        null,
        new ClockStepped(prev));

    public (JournalHead Next, JournalBatch Batch) Next(int events, PrivateText? by = null)
    {
        var builder = new BatchBuilder(Head.Size);
        builder.Add(EncodedFacts.Of([.. Enumerable.Range(0, events).Select(i => Stepped(Head.Size + i - 1, by))]));
        var batch = builder.Build(Head.BatchNumber + 1);
        return (Lead(batch), batch);
    }

    private JournalHead Lead(JournalBatch batch)
    {
        var range = new CompactRange(_range.Size, [.. _range.Nodes]);
        foreach (var leaf in batch.Leaves)
        {
            range.Append(leaf);
        }

        return Head.After(batch, range);
    }

    /// <summary>Appends lines as they are.</summary>
    public Task<JournalBatch> AppendAsync(params ReadOnlyMemory<byte>[] lines)
    {
        var batch = JournalBatch.Of(Head.BatchNumber + 1, Head.Size, lines, []);
        return AppendAsync(Lead(batch), batch);
    }

    public Task<JournalBatch> AppendAsync(int events, PrivateText? by = null)
    {
        var (next, batch) = Next(events, by);
        return AppendAsync(next, batch);
    }

    private async Task<JournalBatch> AppendAsync(JournalHead next, JournalBatch batch)
    {
        Xunit.Assert.Equal(CommitResult.Committed, await _store.CommitAsync(Head, next, batch, Token));
        Head = next;
        foreach (var leaf in batch.Leaves)
        {
            _range.Append(leaf);
        }

        return batch;
    }
}
