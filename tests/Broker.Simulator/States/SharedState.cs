using System.Globalization;
using Broker.Journal.Dapr.Protocol;

namespace Broker.Simulator.States;

/// <summary>What a state store holds for everybody.</summary>
internal sealed class SharedState
{
    private readonly Dictionary<string, HeadCopy> _values = [];
    private long _etags;

    /// <summary>What is under a key.</summary>
    public HeadCopy Read(string key) => _values.GetValueOrDefault(key) ?? new HeadCopy(null, string.Empty);

    /// <summary>Writes whatever was there.</summary>
    public void Write(string key, StoredValue value) =>
        _values[key] = new HeadCopy(value, (++_etags).ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes if the ETag is still that one; an empty one means that nothing is there.</summary>
    public bool Swap(string key, StoredValue value, string eTag)
    {
        var holds = Read(key).ETag == eTag;
        if (holds)
        {
            Write(key, value);
        }

        return holds;
    }

    /// <summary>Takes a key away.</summary>
    public void Delete(string key) => _values.Remove(key);
}
