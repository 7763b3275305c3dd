using Npgsql;

namespace Broker.Testing.Dapr;

/// <summary>
/// state.postgresql v2: one table, values as bytes, a random UUID as ETag. Transactions are the server's own. Written
/// from the description of its behaviour (research, section 1.3 to 1.5), not from its source.
/// </summary>
public sealed class PostgresComponent : IStateComponent
{
    private const string Mismatch = "possible etag mismatch. error from state store: <nil>";
    private const string NothingUpdated = "no item was updated";

    private readonly NpgsqlDataSource _source;
    private readonly string _table;

    private PostgresComponent(NpgsqlDataSource source, string table) => (_source, _table) = (source, table);

    /// <summary>The server, for tests that change it behind the component's back.</summary>
    public NpgsqlDataSource Source => _source;

    public static async Task<PostgresComponent> ConnectAsync(string connectionString, string tablePrefix)
    {
        var component = new PostgresComponent(NpgsqlDataSource.Create(connectionString), tablePrefix + "state");
        await using var create = component._source.CreateCommand($"""
            CREATE TABLE IF NOT EXISTS {component._table} (
                key text NOT NULL PRIMARY KEY,
                value bytea NOT NULL,
                etag uuid NOT NULL,
                expires_at timestamptz)
            """);
        _ = await create.ExecuteNonQueryAsync(); // No rows.
        return component;
    }

    public Task<StateEntry?> GetAsync(string key) => NamedAsync<StateEntry?>(async () =>
    {
        await using var command = _source.CreateCommand(
            $"SELECT value, etag FROM {_table} WHERE key = $1 AND (expires_at IS NULL OR expires_at >= now())");
        command.Parameters.AddWithValue(key);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? new StateEntry(reader.GetFieldValue<byte[]>(0), reader.GetGuid(1).ToString())
            : null;
    });

    public Task SetAsync(StateSet set) => NamedAsync(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await SetAsync(connection, set);
        return true;
    });

    public Task TransactAsync(IReadOnlyList<StateSet> sets, bool isDoubled) => NamedAsync(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var set in sets)
        {
            await SetAsync(connection, set);
        }

        await transaction.CommitAsync();
        return true;
    });

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task SetAsync(NpgsqlConnection connection, StateSet set)
    {
        var hasTag = !string.IsNullOrEmpty(set.ETag);
        if (hasTag && !Guid.TryParse(set.ETag, out _))
        {
            throw new StateStoreException(Mismatch, StateFailure.Mismatch);
        }

        await using var command = connection.CreateCommand();
        command.CommandText = (set.Data, hasTag) switch
        {
            (null, true) => $"DELETE FROM {_table} WHERE key = $1 AND etag = $2",
            (null, false) => $"DELETE FROM {_table} WHERE key = $1",
            (_, true) => $"UPDATE {_table} SET value = $2, etag = gen_random_uuid(), expires_at = NULL "
                + "WHERE key = $1 AND etag = $3 AND (expires_at IS NULL OR expires_at >= now())",
            _ => $"INSERT INTO {_table} AS t (key, value, etag) VALUES ($1, $2, gen_random_uuid()) "
                + "ON CONFLICT (key) DO UPDATE SET value = $2, etag = gen_random_uuid(), expires_at = NULL"
                + (set.IsFirstWrite ? " WHERE t.expires_at < now()" : string.Empty),
        };
        _ = command.Parameters.AddWithValue(set.Key);
        if (set.Data is not null)
        {
            _ = command.Parameters.AddWithValue(set.Data);
        }

        if (hasTag)
        {
            _ = command.Parameters.AddWithValue(Guid.Parse(set.ETag!));
        }

        if (await command.ExecuteNonQueryAsync() != 1 && (set.Data is not null || hasTag))
        {
            throw hasTag
                ? new StateStoreException(Mismatch, StateFailure.Mismatch)
                : new StateStoreException(NothingUpdated, StateFailure.Other);
        }
    }

    private static async Task<T> NamedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or ObjectDisposedException)
        {
            throw new StateStoreException(e.Message, StateFailure.Other);
        }
    }
}
