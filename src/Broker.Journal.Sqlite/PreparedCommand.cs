using Microsoft.Data.Sqlite;

namespace Broker.Journal.Sqlite;

/// <summary>A statement that is prepared once; its parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed class PreparedCommand : IDisposable
{
    private readonly SqliteCommand _command;

    public PreparedCommand(SqliteConnection connection, string sql, int parameters = 0)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            _ = _command.Parameters.AddWithValue($"${i}", 0L); // Values come with each run.
        }

        _command.Prepare();
    }

    /// <summary>Runs it and gives the number of rows changed.</summary>
    public int Run(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs it and gives the rows; dispose the reader before the next run.</summary>
    public SqliteDataReader Read(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    /// <summary>Runs it and gives the first value of the first row, or null.</summary>
    public T? First<T>(params ReadOnlySpan<object> values)
        where T : class
    {
        Bind(values);
        return _command.ExecuteScalar() as T;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = _command.Parameters[i];
            parameter.ResetSqliteType(); // The type follows from the value.
            parameter.Value = values[i];
        }
    }
}
