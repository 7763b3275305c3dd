using System.Globalization;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;

namespace Broker.Tests.Journal.Dapr;

/// <summary>
/// A state store in memory with honest ETags; what it holds outlives the store over it. A test may look at every call
/// before it is made, and change, refuse or repeat it.
/// </summary>
internal sealed class MemoryStateApi : IStateApi
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (StoredValue Value, int ETag)> _values = [];
    private int _etags;

    /// <summary>Called before each write; throws to lose it.</summary>
    public Action<string> BeforeWrite { get; set; } = _ => { };

    /// <summary>Called after each write; throws to lose the reply.</summary>
    public Action<string> AfterWrite { get; set; } = _ => { };

    /// <summary>Called before each read.</summary>
    public Action<string> BeforeRead { get; set; } = _ => { };

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    public static StateCallException Lost() =>
        new("dapr_failed", "It was lost.", false, new TimeoutException("It was lost."));

    public Task<HeadCopy> ReadAsync(string key, CancellationToken cancellationToken)
    {
        Calls++;
        BeforeRead(key);
        lock (_gate)
        {
            return Task.FromResult(_values.TryGetValue(key, out var found)
                ? new HeadCopy(found.Value, Text(found.ETag))
                : new HeadCopy(null, string.Empty));
        }
    }

    public Task<IReadOnlyDictionary<string, StoredValue>> ReadManyAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        Calls++;
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyDictionary<string, StoredValue>>(
                keys.Where(_values.ContainsKey).ToDictionary(key => key, key => _values[key].Value));
        }
    }

    public Task WriteAsync(
        IReadOnlyList<KeyValuePair<string, StoredValue>> values, CancellationToken cancellationToken)
    {
        Calls++;
        foreach (var (key, value) in values)
        {
            BeforeWrite(key);
            Put(key, value);
            AfterWrite(key);
        }

        return Task.CompletedTask;
    }

    public Task SwapAsync(string key, StoredValue value, string eTag, CancellationToken cancellationToken)
    {
        Calls++;
        BeforeWrite(key);
        lock (_gate)
        {
            var now = _values.TryGetValue(key, out var found) ? Text(found.ETag) : string.Empty;
            if (now == eTag)
            {
                _values[key] = (value, ++_etags);
            }
        }

        AfterWrite(key);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    /// <summary>Writes behind everybody's back.</summary>
    public void Put(string key, StoredValue value)
    {
        lock (_gate)
        {
            _values[key] = (value, ++_etags);
        }
    }

    /// <summary>Loses a key.</summary>
    public void Remove(string key)
    {
        lock (_gate)
        {
            _ = _values.Remove(key); // It may be gone already.
        }
    }

    /// <summary>What is there now.</summary>
    public StoredValue Value(string key)
    {
        lock (_gate)
        {
            return _values[key].Value;
        }
    }

    public void Dispose()
    {
    }

    private static string Text(int etag) => etag.ToString(CultureInfo.InvariantCulture);
}
