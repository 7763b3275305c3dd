using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Broker.Testing.Dapr;

/// <summary>The state calls of <c>dapr.proto.runtime.v1.Dapr</c>, with daprd's checks, statuses and texts.</summary>
internal sealed class SidecarService(IStateComponent component, SidecarDoubleOptions options, SidecarFaults faults)
{
    private readonly FaultyStore _store = new(component, faults);

    public async Task<GetStateResponse> GetStateAsync(GetStateRequest request, ServerCallContext call)
    {
        Check(request.StoreName, call);
        var key = Prefixed(request.Key);
        try
        {
            var found = await _store.GetAsync(key);
            return new GetStateResponse
            {
                Data = ByteString.CopyFrom(found?.Data ?? []),
                Etag = found?.ETag ?? string.Empty,
            };
        }
        catch (StateStoreException e)
        {
            throw Error(
                StatusCode.Internal, $"fail to get {request.Key} from state store {request.StoreName}: {e.Message}");
        }
    }

    // Those that were found first, and never as one moment.
    public async Task<GetBulkStateResponse> GetBulkStateAsync(GetBulkStateRequest request, ServerCallContext call)
    {
        Check(request.StoreName, call);
        var items = await Task.WhenAll(request.Keys.Select(ReadItemAsync));
        return new GetBulkStateResponse { Items = { items.OrderBy(item => item.Data.IsEmpty) } };
    }

    public async Task<Empty> SaveStateAsync(SaveStateRequest request, ServerCallContext call)
    {
        Check(request.StoreName, call);
        var sets = request.States.Select(Set).ToList();
        if (sets.Any(set => set.Key.EndsWith("||", StringComparison.Ordinal)))
        {
            throw Error(StatusCode.InvalidArgument, "state key is empty");
        }

        try
        {
            await _store.SetAsync(sets);
            return new Empty();
        }
        catch (StateStoreException e)
        {
            throw Error(StatusOf(e, sets), $"failed saving state in state store {request.StoreName}: {e.Message}");
        }
    }

    public async Task<Empty> DeleteStateAsync(DeleteStateRequest request, ServerCallContext call)
    {
        Check(request.StoreName, call);
        var set = new StateSet(Prefixed(request.Key), null, request.Etag?.Value, false);
        try
        {
            await _store.SetAsync([set]);
            return new Empty();
        }
        catch (StateStoreException e)
        {
            throw Error(StatusOf(e, [set]), $"failed deleting state with key {request.Key}: {e.Message}");
        }
    }

    public async Task<Empty> ExecuteStateTransactionAsync(
        ExecuteStateTransactionRequest request, ServerCallContext call)
    {
        Check(request.StoreName, call);
        var sets = request.Operations.Select(operation => operation.OperationType switch
        {
            "upsert" => Set(operation.Request),
            "delete" => Set(operation.Request) with { Data = null },
            var other => throw Error(StatusCode.Unimplemented, $"operation type {other} not supported"),
        }).ToList();
        try
        {
            await _store.TransactAsync(sets);
            return new Empty();
        }
        catch (StateStoreException e)
        {
            // Whatever it was: a mismatch and an outage look the same.
            throw Error(StatusCode.Internal, $"error while executing state transaction: {e.Message}");
        }
    }

    public async Task<Empty> PublishEventAsync(PublishEventRequest request, ServerCallContext call)
    {
        CheckToken(call);
        if (options.Topics is not { } topics || topics.Name != request.PubsubName)
        {
            throw Error(StatusCode.NotFound, $"pubsub {request.PubsubName} is not found");
        }

        if (faults.Strikes(SidecarFault.Refused))
        {
            throw Error(StatusCode.Internal, $"error when publish to topic {request.Topic} in pubsub {topics.Name}");
        }

        var envelope = CloudEnvelope.Of(request);
        await topics.PublishAsync(request.Topic, envelope);
        return faults.Strikes(SidecarFault.ReplyLost)
            ? throw Error(StatusCode.Unavailable, "the reply was lost")
            : new Empty();
    }

    private static RpcException Error(StatusCode status, string detail) => new(new Status(status, detail));

    private static StatusCode StatusOf(StateStoreException e, IReadOnlyList<StateSet> sets) =>
        e.Failure == StateFailure.Mismatch && sets.Any(set => !string.IsNullOrEmpty(set.ETag))
            ? StatusCode.Aborted
            : StatusCode.Internal;

    private async Task<BulkStateItem> ReadItemAsync(string key)
    {
        try
        {
            var found = await _store.GetAsync(Prefixed(key));
            return new BulkStateItem
            {
                Key = key,
                Data = ByteString.CopyFrom(found?.Data ?? []),
                Etag = found?.ETag ?? string.Empty,
            };
        }
        catch (StateStoreException e)
        {
            return new BulkStateItem { Key = key, Error = e.Message };
        }
    }

    private StateSet Set(StateItem item) => new(
        Prefixed(item.Key),
        item.Value.ToByteArray(),
        item.Etag?.Value,
        item.Options?.Concurrency == StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite);

    private string Prefixed(string key) => key.Contains("||", StringComparison.Ordinal)
        ? throw Error(StatusCode.InvalidArgument, "input key/keyPrefix '" + key + "' can't contain '||'")
        : $"{options.KeyPrefix}||{key}";

    private void Check(string store, ServerCallContext call)
    {
        CheckToken(call);
        if (store != options.StateStore)
        {
            throw Error(StatusCode.InvalidArgument, $"state store {store} is not found");
        }
    }

    private void CheckToken(ServerCallContext call)
    {
        if (options.ApiToken is { } token && call.RequestHeaders.GetValue("dapr-api-token") != token)
        {
            throw Error(StatusCode.Unauthenticated, "authentication error: api token mismatch");
        }
    }
}
