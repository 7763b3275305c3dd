using System.Security.Cryptography;
using System.Text;
using Broker.Bench.Ledgers;
using Broker.Bench.Load;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Journal.Dapr;
using Broker.Journal.Events;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Testing.Dapr;

namespace Broker.Bench.Dapr;

/// <summary>A writer on a state store, with a pool and one node that leases as often as it is asked.</summary>
internal sealed class DaprLedger : ILoadTarget, IDurableObserver, IAsyncDisposable
{
    private const string Origin = "broker.local/bench";

    private readonly SidecarDouble _sidecar;
    private readonly DaprJournalStore _store;
    private LedgerWriter? _writer;
    private NodeCaller? _node;
    private BatchCount _counted;
    private long _names;

    private DaprLedger(SidecarDouble sidecar, DaprJournalStore store) => (_sidecar, _store) = (sidecar, store);

    /// <summary>What became durable so far.</summary>
    public BatchCount Counted => _counted;

    public static async Task<DaprLedger> StartAsync(IStateComponent component)
    {
        var sidecar = await SidecarDouble.StartAsync(
            component, new SidecarDoubleOptions { KeyPrefix = Guid.NewGuid().ToString("N") });
        var store = DaprJournalStore.Connect(
            new DaprJournalSettings
            {
                Endpoint = sidecar.Endpoint,
                StateStore = "journal",
                Name = "bench",
                Origin = Origin,
            },
            DaprJournalMode.Create,
            TimeProvider.System);
        var ledger = new DaprLedger(sidecar, store);
        _ = await LedgerGenesis.CreateAsync(store, Origin, TimeProvider.System, default);
        ledger._writer = await LedgerWriter.StartAsync(store, new(), TimeProvider.System, [ledger], default);
        await ledger.PrepareAsync();
        return ledger;
    }

    /// <inheritdoc/>
    public void Do(int connection) => DoAsync().GetAwaiter().GetResult();

    private async Task DoAsync()
    {
        var name = $"lease-{Interlocked.Increment(ref _names):D12}";
        _ = await AskAsync(new GrantLease(
            _node!,
            RequestId.Parse(name),
            new Attachment(_node!.Uid, "bench", name, "eth0"),
            new PodIdentity("default", name, string.Empty),
            [],
            []));
    }

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        // Lines and hashes, in base64.
        var bytes = facts.Sum(fact => EventCodec.Encode(fact).Length + 1 + 32L) * 4 / 3;
        _counted = new BatchCount(_counted.Batches + 1, _counted.Bytes + bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer!.DisposeAsync();
        await _store.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task PrepareAsync()
    {
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        var spec = new PoolSpec(
            PoolName.Parse("bench"), Cidr.Parse("10.0.0.0/8"), 16, PoolNetwork.Routed, Lessor.Broker, 60, 600, 64, []);
        _ = await AskAsync(new DefinePool(Actor.Broker, spec, Open: true, Reason: null));
        var node = NodeName.Parse("bench");
        var csr = new CsrRequest(
            CsrName.Parse("csr-bench"),
            "uid-csr",
            "broker.local/node",
            "bench",
            node,
            KeyHash.Parse(Hash("key")),
            BlobHash.Parse(Hash("csr")),
            null,
            null);
        _ = await AskAsync(new DecideCsr(BenchNodes.Operator, csr, true, null, null));
        var witnessed = await AskAsync(new WitnessCertificate(
            CertificateHash.Parse(Hash("certificate")),
            csr.Csr,
            NodeUid.Parse("uid-bench"),
            csr.Key,
            "0a",
            KeyHash.Parse(Hash("issuer")),
            now,
            new Instant(now.UnixMicroseconds + 86_400_000_000)));
        _node = new NodeCaller(node, witnessed.Uid, witnessed.Certificate);
        _ = await AskAsync(new PromoteCertificate(_node));
    }

    private async Task<T> AskAsync<T>(Command<T> command)
        where T : class
    {
        Outcome<T> outcome = await _writer!.SubmitAsync(command, default);
        return outcome.Refusal is { } refusal
            ? throw new InvalidOperationException($"{command.GetType().Name}: {refusal.Code}: {refusal.Detail}")
            : outcome.Answer!;
    }
}
