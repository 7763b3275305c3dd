using Broker.Testing.Dapr;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>
/// The real servers that the tests of this collection share, each started when a test first wants it.
/// </summary>
public sealed class StoreServers : IAsyncLifetime
{
    private readonly Lazy<Task<RedisServer>> _redis = new(RedisServer.StartAsync);
    private readonly Lazy<Task<PostgresServer>> _postgres = new(PostgresServer.StartAsync);

    public Task<RedisServer> RedisAsync() => _redis.Value;

    /// <summary>How to reach PostgreSQL.</summary>
    public async Task<string> ConnectionStringAsync() => (await _postgres.Value).ConnectionString;

    /// <summary>A component over one of them; the caller disposes it.</summary>
    public async Task<IStateComponent> ComponentAsync(StoreServer server) => server switch
    {
        StoreServer.Redis => await RedisComponent.ConnectAsync((await _redis.Value).Port),
        _ => await PostgresComponent.ConnectAsync((await _postgres.Value).ConnectionString, "broker_"),
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_redis is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _redis.Value).DisposeAsync();
        }

        if (_postgres is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _postgres.Value).DisposeAsync();
        }
    }
}
