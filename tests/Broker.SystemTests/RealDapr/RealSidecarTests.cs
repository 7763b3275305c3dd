using Broker.Journal.Dapr;
using Broker.Journal.Store;
using Broker.SystemTests.Dapr;
using Broker.Tests.Journal.Store;

namespace Broker.SystemTests.RealDapr;

/// <summary>The conformance suite on a real sidecar, where BROKER_TEST_DAPR_GRPC names one.</summary>
public sealed class RealSidecarTests : JournalStoreConformance
{
    private readonly string _name = "t" + Guid.NewGuid().ToString("N");

    protected override Task<IJournalStore> NewAsync()
    {
        RealSidecar.Require();
        return OpenAsync(DaprJournalMode.Create);
    }

    protected override Task<IJournalStore> ReopenAsync(IJournalStore disposed) => OpenAsync(DaprJournalMode.ReadWrite);

    private Task<IJournalStore> OpenAsync(DaprJournalMode mode) =>
        Task.FromResult<IJournalStore>(DaprJournalStore.Connect(
            new DaprJournalSettings
            {
                Endpoint = RealSidecar.Endpoint!,
                StateStore = RealSidecar.StateStore,
                Name = _name,
                Origin = Sidecars.Origin,
                ApiToken = Environment.GetEnvironmentVariable("DAPR_API_TOKEN"),
                TakeOver = true,
            },
            mode,
            TimeProvider.System));
}
