using Broker.Journal.Dapr.Protocol;
using Dapr.Client;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Generated = Dapr.Client.Autogen.Grpc.v1;

namespace Broker.Journal.Dapr.Sidecar;

/// <summary>
/// State calls through Dapr's client. Bulk reads and writes go through the generated one: Dapr's own drops the error
/// of a single key, which would make a failed read look like a missing key.
/// </summary>
internal sealed class DaprStateApi : IStateApi
{
    private const int ReadersAtOnce = 16;

    private static readonly StateOptions Strong = new()
    {
        Consistency = ConsistencyMode.Strong,
        Concurrency = ConcurrencyMode.FirstWrite,
    };

    private readonly DaprJournalSettings _settings;
    private readonly DaprClient _client;
    private readonly GrpcChannel _channel;
    private readonly Generated.Dapr.DaprClient _generated;
    private readonly Metadata _headers = [];
    private readonly Dictionary<string, string> _metadata;

    public DaprStateApi(DaprJournalSettings settings)
    {
        _settings = settings;
        _client = DaprChannels.Client(settings.Endpoint, settings.ApiToken);
        _channel = GrpcChannel.ForAddress(settings.Endpoint, DaprChannels.Options());
        _generated = new Generated.Dapr.DaprClient(_channel);

        // Cosmos DB finds a key only with the partition that it was written with; others do not look at it.
        _metadata = new Dictionary<string, string> { ["partitionKey"] = settings.Name };
        if (settings.ApiToken is { } token)
        {
            _headers.Add("dapr-api-token", token);
        }
    }

    public Task<HeadCopy> ReadAsync(string key, CancellationToken cancellationToken) => NamedAsync(
        async cancellation =>
        {
            var (bytes, eTag) = await _client.GetByteStateAndETagAsync(
                _settings.StateStore, key, ConsistencyMode.Strong, _metadata, cancellation).ConfigureAwait(false);
            return new HeadCopy(bytes.IsEmpty ? null : new StoredValue(bytes), eTag ?? string.Empty);
        },
        cancellationToken);

    public Task<IReadOnlyDictionary<string, StoredValue>> ReadManyAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken) => NamedAsync(
        async cancellation =>
        {
            var request = new Generated.GetBulkStateRequest
            {
                StoreName = _settings.StateStore,
                Parallelism = ReadersAtOnce,
                Keys = { keys },
                Metadata = { _metadata },
            };
            var reply = await _generated.GetBulkStateAsync(request, _headers, cancellationToken: cancellation)
                .ConfigureAwait(false);
            return (IReadOnlyDictionary<string, StoredValue>)reply.Items
                .Where(item => item.Error.Length == 0 && !item.Data.IsEmpty)
                .ToDictionary(item => item.Key, item => new StoredValue(item.Data.Memory), StringComparer.Ordinal);
        },
        cancellationToken);

    public Task WriteAsync(
        IReadOnlyList<KeyValuePair<string, StoredValue>> values, CancellationToken cancellationToken) => NamedAsync(
        async cancellation =>
        {
            var request = new Generated.SaveStateRequest { StoreName = _settings.StateStore };
            foreach (var (key, value) in values)
            {
                request.States.Add(new Generated.StateItem
                {
                    Key = key,
                    Value = UnsafeByteOperations.UnsafeWrap(value.Bytes),
                    Metadata = { _metadata },
                });
            }

            return await _generated.SaveStateAsync(request, _headers, cancellationToken: cancellation)
                .ConfigureAwait(false);
        },
        cancellationToken);

    public Task SwapAsync(string key, StoredValue value, string eTag, CancellationToken cancellationToken) =>
        NamedAsync(
            cancellation => _client.TrySaveByteStateAsync(
                _settings.StateStore, key, value.Bytes, eTag, Strong, _metadata, cancellation),
            cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => NamedAsync(
        async cancellation =>
        {
            await _client.DeleteStateAsync(
                _settings.StateStore, key, null, _metadata, cancellation).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _channel.Dispose();
    }

    private Task<T> NamedAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        SidecarErrors.NamedAsync(call, _settings.CallTime, cancellationToken);
}
