using Broker.Bench.Load;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Time;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Testing.Processes;

namespace Broker.Bench.Ledgers;

/// <summary>The writer on its own store: queue, decision, encoding, hashing, fsync, answer; no network.</summary>
internal sealed class DurableLedger : ILoadTarget, IAsyncDisposable
{
    private const string Origin = "broker.local/bench";
    private const int InFlight = 1_024;

    private readonly TempFolder _folder = new();
    private readonly List<NodeCaller> _nodes = [];
    private SqliteJournalStore? _store;
    private LedgerWriter? _writer;
    private long _numbers;

    public static async Task<DurableLedger> StartAsync(int nodes)
    {
        var ledger = new DurableLedger();
        ledger._store = await SqliteJournalStore.OpenFolderAsync(
            ledger._folder["journal"], SqliteStoreMode.Create, default);
        _ = await LedgerGenesis.CreateAsync(ledger._store, Origin, TimeProvider.System, default);
        ledger._writer = await LedgerWriter.StartAsync(
            ledger._store, new LedgerWriterSettings { QueueMax = 4 * InFlight }, TimeProvider.System, [], default);
        await ledger.PrepareAsync(nodes);
        return ledger;
    }

    /// <summary>So many leases, spread over the nodes.</summary>
    public async Task FillAsync(long leases)
    {
        var few = new ParallelOptions { MaxDegreeOfParallelism = InFlight };
        await Parallel.ForAsync(0L, leases, few, async (_, _) => await GrantAsync());
    }

    /// <inheritdoc/>
    public void Do(int connection) => GrantAsync().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await _writer!.DisposeAsync();
        await _store!.DisposeAsync();
        _folder.Dispose();
    }

    private async Task PrepareAsync(int nodes)
    {
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        var spec = new PoolSpec(
            PoolName.Parse("bench"), Cidr.Parse("10.0.0.0/8"), 20, PoolNetwork.Routed, Lessor.Broker, 60, 600, 64, []);
        _ = await AskAsync(new DefinePool(Actor.Broker, spec, Open: true, Reason: null));
        for (var i = 0; i < nodes; i++)
        {
            var (decide, witness) = BenchNodes.Admission(BenchNodes.Name(i), now);
            _ = await AskAsync(decide);
            var witnessed = await AskAsync(witness);
            _nodes.Add(new NodeCaller(decide.Csr.Node, witnessed.Uid, witnessed.Certificate));
            _ = await AskAsync(new PromoteCertificate(_nodes[i]));
        }
    }

    private async Task GrantAsync()
    {
        var number = Interlocked.Increment(ref _numbers);
        _ = await AskAsync(BenchNodes.Lease(_nodes[(int)(number % _nodes.Count)], number));
    }

    private async Task<T> AskAsync<T>(Command<T> command)
        where T : class
    {
        var outcome = await _writer!.SubmitAsync(command, default);
        return outcome.Refusal is { } refusal
            ? throw new InvalidOperationException($"{command.GetType().Name}: {refusal.Code}: {refusal.Detail}")
            : outcome.Answer!;
    }
}
