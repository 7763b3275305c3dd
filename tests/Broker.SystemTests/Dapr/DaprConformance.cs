using Broker.Journal.Dapr;
using Broker.Journal.Store;
using Broker.Testing.Dapr;
using Broker.Tests.Journal.Store;

namespace Broker.SystemTests.Dapr;

/// <summary>The conformance suite through a sidecar to a real server, with or without a fault.</summary>
public abstract class DaprConformance(StoreServers servers, StoreServer server) : JournalStoreConformance
{
    private readonly Sidecars _sidecars = new(servers, server);
    private SidecarDouble? _sidecar;

    /// <summary>What the sidecar does to calls.</summary>
    public SidecarFault Fault { get; init; }

    /// <summary>To how many of them.</summary>
    public double Share { get; init; } = 1;

    /// <summary>How often it did.</summary>
    public int Struck => _sidecar?.Faults.Struck ?? 0;

    protected override async Task<IJournalStore> NewAsync()
    {
        _sidecar = await _sidecars.StartAsync();
        _sidecar.Faults.Set(Fault, Share);
        return DaprJournalStore.Connect(Sidecars.Settings(_sidecar), DaprJournalMode.Create, TimeProvider.System);
    }

    protected override Task<IJournalStore> ReopenAsync(IJournalStore disposed) =>
        Task.FromResult<IJournalStore>(DaprJournalStore.Connect(
            Sidecars.Settings(_sidecar!) with { TakeOver = true }, DaprJournalMode.ReadWrite, TimeProvider.System));

    protected override async ValueTask CleanUpAsync() => await _sidecars.DisposeAsync();
}
