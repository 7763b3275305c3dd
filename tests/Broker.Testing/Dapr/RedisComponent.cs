using StackExchange.Redis;

namespace Broker.Testing.Dapr;

/// <summary>
/// state.redis: a hash a key with data, a version that counts, and a marker once it was written by itself as
/// first-write. A transaction is one script for each write in MULTI and EXEC; a script that refuses undoes nothing.
/// Written from the description of its behaviour (research, section 1.3 and 6.3), not from its source.
/// </summary>
public sealed class RedisComponent : IStateComponent
{
    private const string Marked = "0";
    private const string Unmarked = "1";

    // Allowed when there is nothing, when the version is the one given, or when none was given and no marker is there.
    private const string Set = """
        local version = redis.pcall('HGET', KEYS[1], 'version')
        if type(version) == 'table' then redis.call('DEL', KEYS[1]); version = false end
        local marker = redis.call('HGET', KEYS[1], 'first-write')
        if version and version ~= '' and version ~= ARGV[1] and (marker or ARGV[1] ~= '0') then
            return redis.error_reply('failed to set key ' .. KEYS[1])
        end
        redis.call('HSET', KEYS[1], 'data', ARGV[2])
        if ARGV[3] == '0' then redis.call('HSET', KEYS[1], 'first-write', 0) end
        return redis.call('HINCRBY', KEYS[1], 'version', 1)
        """;

    private const string Delete = """
        local version = redis.pcall('HGET', KEYS[1], 'version')
        if version and type(version) ~= 'table' and version ~= '' and version ~= ARGV[1] and ARGV[1] ~= '0' then
            return redis.error_reply('failed to delete ' .. KEYS[1])
        end
        return redis.call('DEL', KEYS[1])
        """;

    private readonly IConnectionMultiplexer _redis;

    private RedisComponent(IConnectionMultiplexer redis) => _redis = redis;

    /// <summary>The server, for tests that change it behind the component's back.</summary>
    public IDatabase Database => _redis.GetDatabase();

    public static async Task<RedisComponent> ConnectAsync(int port) => new(
        await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},abortConnect=false,connectTimeout=2000"));

    public Task<StateEntry?> GetAsync(string key) => NamedAsync<StateEntry?>(isWriteWithTag: false, async () =>
    {
        var fields = (await Database.HashGetAllAsync(key)).ToDictionary(
            field => field.Name.ToString(), field => field.Value, StringComparer.Ordinal);
        return fields.TryGetValue("data", out var data)
            ? new StateEntry((byte[])data!, fields.GetValueOrDefault("version").ToString())
            : null;
    });

    public Task SetAsync(StateSet set) => NamedAsync(set.ETag is not null, () => Database.ScriptEvaluateAsync(
        set.Data is null ? Delete : Set,
        [set.Key],
        [Version(set), set.Data ?? [], set.IsFirstWrite ? Marked : Unmarked]));

    public Task TransactAsync(IReadOnlyList<StateSet> sets, bool isDoubled) => NamedAsync(false, async () =>
    {
        var transaction = Database.CreateTransaction();
        var replies = new List<Task<RedisResult>>();
        foreach (var set in isDoubled ? sets.SelectMany(set => new[] { set, set }) : sets)
        {
            replies.Add(transaction.ScriptEvaluateAsync(
                set.Data is null ? Delete : Set, [set.Key], [Version(set), set.Data ?? [], Unmarked]));
        }

        _ = await transaction.ExecuteAsync(); // Each reply tells for itself.
        foreach (var reply in replies)
        {
            _ = await reply; // The first that refused is the error; the others are applied all the same.
        }

        return true;
    });

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    private static string Version(StateSet set) => string.IsNullOrEmpty(set.ETag) ? "0" : set.ETag;

    // With an ETag, whatever went wrong is reported as a mismatch: also a connection that broke.
    private static async Task<T> NamedAsync<T>(bool isWriteWithTag, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new StateStoreException(
                isWriteWithTag ? $"possible etag mismatch. error from state store: {e.Message}" : e.Message,
                isWriteWithTag ? StateFailure.Mismatch : StateFailure.Other);
        }
    }
}
