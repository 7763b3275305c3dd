using Broker.Journal.Dapr.Relay;
using Broker.Journal.Writing;
using Broker.Server.Options;

namespace Broker.Server.Relay;

/// <summary>Relays the journal to Dapr pub/sub while the broker serves, where the settings say so.</summary>
internal sealed class RelayService : BackgroundService
{
    private readonly EventRelay? _relay;

    public RelayService(BrokerSettings settings, LedgerWriter writer, TimeProvider time) =>
        _relay = settings is { Dapr: { } dapr, Relay: { } relay }
            ? EventRelay.Create(writer, dapr, relay, time)
            : null;

    /// <summary>Durable events that are not published yet; 0 without a relay.</summary>
    public long Lag => _relay?.Lag ?? 0;

    /// <summary>Calls to the sidecar that failed and were made again.</summary>
    public long Failures => _relay?.Failures ?? 0;

    public override void Dispose()
    {
        _relay?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_relay is null)
        {
            return;
        }

        try
        {
            await _relay.RunAsync(stoppingToken);
        }
        catch (Exception e) when (e is OperationCanceledException or WriterStoppedException)
        {
            // The broker stops; the next writer goes on from the cursor.
            return;
        }
    }
}
