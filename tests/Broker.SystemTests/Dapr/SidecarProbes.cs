using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Broker.SystemTests.Dapr;

/// <summary>
/// Small questions to a sidecar whose answers decide how the journal may use it, with keys of their own. Each is
/// answered with a status and a text.
/// </summary>
internal sealed class SidecarProbes(Uri endpoint, string store) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(endpoint);
    private readonly string _tag = "{p" + Guid.NewGuid().ToString("N") + "}.";

    private global::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient Client => new(_channel);

    /// <summary>Asks everything; the answers by question.</summary>
    public async Task<IReadOnlyDictionary<string, ProbeAnswer>> RunAsync()
    {
        var answers = new Dictionary<string, ProbeAnswer>();
        await AskAsync("a read of nothing", async () => Text(await ReadAsync("none")));
        await AskAsync("a read from an unknown store", async () => Text(await ReadAsync("none", "unknown-store")));
        await AskAsync("a key with ||", async () => Text(await ReadAsync("a||b")));
        await AskAsync("a first write of nothing", () => SaveAsync("first", "1", string.Empty, true));
        await AskAsync("a first write of something", () => SaveAsync("first", "2", string.Empty, true));
        await AskAsync("what the first write left", async () => (await ReadAsync("first")).Data.ToStringUtf8());
        await AskAsync("a swap with the ETag that was read", async () =>
            await SaveAsync("first", "3", (await ReadAsync("first")).Etag, true));
        await AskAsync("a swap with an old ETag", () => SaveAsync("first", "4", Old(), true));
        await AskAsync("what the old swap left", async () => (await ReadAsync("first")).Data.ToStringUtf8());
        await AskAsync("a transaction with an old ETag", () => TransactAsync("first", "5", Old(), "beside", "6"));
        await AskAsync("what it left beside", async () => (await ReadAsync("beside")).Data.ToStringUtf8());
        await AskAsync("a delete of nothing", async () =>
        {
            _ = await Client.DeleteStateAsync(new DeleteStateRequest { StoreName = store, Key = _tag + "none" });
            return "done";
        });
        return answers;

        async Task AskAsync(string question, Func<Task<string>> ask)
        {
            ProbeAnswer answer;
            try
            {
                answer = new ProbeAnswer(StatusCode.OK, await ask());
            }
            catch (RpcException e)
            {
                answer = new ProbeAnswer(e.StatusCode, e.Status.Detail);
            }

            answers[question] = answer with { Text = answer.Text.Replace(_tag, "TAG.", StringComparison.Ordinal) };
        }
    }

    public void Dispose() => _channel.Dispose();

    // No version of Redis, and no UUID of PostgreSQL's that was ever given out.
    private static string Old() => "7f2c4a52-4f33-4a06-8f6a-d2ed3b0a6a10";

    private static string Text(GetStateResponse reply) => $"'{reply.Data.ToStringUtf8()}' '{reply.Etag}'";

    private async Task<GetStateResponse> ReadAsync(string key, string? from = null) => await Client.GetStateAsync(
        new GetStateRequest { StoreName = from ?? store, Key = _tag + key });

    private async Task<string> SaveAsync(string key, string value, string? etag, bool isFirstWrite)
    {
        var request = new SaveStateRequest { StoreName = store };
        request.States.Add(Item(key, value, etag, isFirstWrite));
        _ = await Client.SaveStateAsync(request);
        return "done";
    }

    private async Task<string> TransactAsync(string key, string value, string etag, string beside, string other)
    {
        var request = new ExecuteStateTransactionRequest { StoreName = store };
        request.Operations.Add(new TransactionalStateOperation
        {
            OperationType = "upsert",
            Request = Item(key, value, etag, true),
        });
        request.Operations.Add(new TransactionalStateOperation
        {
            OperationType = "upsert",
            Request = Item(beside, other, null, false),
        });
        _ = await Client.ExecuteStateTransactionAsync(request);
        return "done";
    }

    private StateItem Item(string key, string value, string? etag, bool isFirstWrite)
    {
        var item = new StateItem { Key = _tag + key, Value = ByteString.CopyFromUtf8(value) };
        if (etag is not null)
        {
            item.Etag = new Etag { Value = etag };
        }

        if (isFirstWrite)
        {
            item.Options = new StateOptions
            {
                Concurrency = StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite,
                Consistency = StateOptions.Types.StateConsistency.ConsistencyStrong,
            };
        }

        return item;
    }
}
