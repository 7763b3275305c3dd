using System.Globalization;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Testing.Stores;
using Xunit;

namespace Broker.Tests.Journal.Writing;

/// <summary>A writer on a store that fails when told to, and commands of one event each.</summary>
internal sealed class WriterFixture : IAsyncDisposable
{
    private static readonly CertificateHash Certificate = CertificateHash.Parse(new string('c', 64));

    private WriterFixture(FaultStore store, RecordingObserver observer, LedgerWriter writer) =>
        (Store, Observer, Writer) = (store, observer, writer);

    public FaultStore Store { get; }

    public RecordingObserver Observer { get; }

    public LedgerWriter Writer { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Actor Ada { get; } = Actor.Operator(PrivateText.Seal("Ada", new byte[32]), Certificate);

    public static async Task<WriterFixture> StartAsync(
        FaultMemory? memory = null, int queueMax = 4096, int aheadMin = 64)
    {
        var store = memory is null ? new FaultStore() : new FaultStore(memory);
        if (memory is null)
        {
            _ = await LedgerGenesis.CreateAsync(store, "ipam.example.org/test", TimeProvider.System, Token);
        }

        var observer = new RecordingObserver();
        var settings = new LedgerWriterSettings { QueueMax = queueMax, RetryAfterSeconds = 3, AheadMin = aheadMin };
        var writer = await LedgerWriter.StartAsync(store, settings, TimeProvider.System, [observer], Token);
        return new WriterFixture(store, observer, writer);
    }

    /// <summary>One event.</summary>
    public static IssueToken Issue(int number, int nodes = 0) => new(
        Ada,
        Id(number),
        new string('d', 64),
        [.. Enumerable.Range(0, nodes).Select(n => NodeName.Parse($"node-{n}-{new string('x', 50)}"))],
        new Instant(4_000_000_000_000_000),
        null);

    /// <summary>Refused: no such token.</summary>
    public static RevokeToken RevokeUnknown() => new(Ada, TokenId.Parse("zzzzzz"), null);

    /// <summary>So many events of some 800 bytes each, all in one decision.</summary>
    public static CountRefusals Count(int events)
    {
        var node = NodeName.Parse(string.Join('.', Enumerable.Repeat(new string('n', 60), 4)));
        return new([.. Enumerable.Repeat(new RefusalCounted(RefusalCode.Superseded, Certificate, node, 1), events)]);
    }

    /// <summary>A grant; it would be refused if it were decided.</summary>
    public static GrantBlocks Grant() => new(
        new NodeCaller(NodeName.Parse("node-a"), NodeUid.Parse("uid-a"), Certificate),
        RequestId.Parse("request-1"),
        []);

    public Task<Outcome<TokenView>> IssueAsync(int number) => Writer.SubmitAsync(Issue(number), Token);

    /// <summary>Holds the next commits until the source is completed; one is in flight when this returns.</summary>
    public async Task<(TaskCompletionSource Gate, Task<Outcome<TokenView>> First)> HoldAsync(int number = 90_000)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.Gate = gate.Task;
        var commits = Store.Commits;
        var first = IssueAsync(number);
        await UntilAsync(() => Store.Commits > commits);
        return (gate, first);
    }

    /// <summary>Waits for a condition, at most ten seconds.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds())
        {
            await Task.Delay(1, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static TokenId Id(int number) =>
        TokenId.Parse("t" + number.ToString("D5", CultureInfo.InvariantCulture));
}
