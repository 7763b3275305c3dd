using System.Globalization;
using System.Text;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Dapr.Wire;
using Dapr.Client;

namespace Broker.Journal.Dapr.Relay;

/// <summary>Publishes through the sidecar; the cursor lies in the ledger's state store.</summary>
internal sealed class DaprEventOutlet : IEventOutlet
{
    private const string Mark = "R1";

    private readonly DaprJournalSettings _settings;
    private readonly RelaySettings _relay;
    private readonly DaprClient _client;
    private readonly DaprStateApi _state;
    private readonly string _key;
    private readonly Dictionary<string, string> _metadata;

    public DaprEventOutlet(DaprJournalSettings settings, RelaySettings relay)
    {
        (_settings, _relay) = (settings, relay);
        _client = DaprChannels.Client(settings.Endpoint, settings.ApiToken);
        _state = new DaprStateApi(settings);
        _key = new DaprKeys(settings.Name).Relay(relay.Topic);

        // One partition, so that a broker with partitions keeps the order.
        _metadata = new Dictionary<string, string> { ["partitionKey"] = settings.Origin };
    }

    public Task PublishAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken) =>
        SidecarErrors.NamedAsync(
            async cancellation =>
            {
                await _client.PublishByteEventAsync(
                    _relay.PubSub, _relay.Topic, envelope, CloudEvent.ContentType, _metadata, cancellation)
                    .ConfigureAwait(false);
                return true;
            },
            _settings.CallTime,
            cancellationToken);

    public async Task<long> ReadCursorAsync(CancellationToken cancellationToken)
    {
        var copy = await _state.ReadAsync(_key, cancellationToken).ConfigureAwait(false);
        return copy.Value is { } value && Envelopes.Open(Mark, value) is { } bytes
            && long.TryParse(Encoding.ASCII.GetString(bytes), CultureInfo.InvariantCulture, out var position)
            ? position
            : 0;
    }

    public Task SaveCursorAsync(long position, CancellationToken cancellationToken) => _state.WriteAsync(
        [new(_key, Envelopes.Seal(Mark, Encoding.ASCII.GetBytes(position.ToString(CultureInfo.InvariantCulture))))],
        cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _state.Dispose();
    }
}
