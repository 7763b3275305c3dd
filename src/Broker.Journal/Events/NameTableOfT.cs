using System.Collections.Frozen;

namespace Broker.Journal.Events;

/// <summary>The names that the values of an enumeration have in the journal. Frozen: append only.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class NameTable<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<T, string> _names;
    private readonly FrozenDictionary<string, T> _values;

    public NameTable(params ReadOnlySpan<(T Value, string Name)> entries)
    {
        _names = entries.ToArray().ToFrozenDictionary(e => e.Value, e => e.Name);
        _values = entries.ToArray().ToFrozenDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<T, string> Names => _names;

    /// <summary>The name of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table lacks it: a bug.</exception>
    public string Name(T value) => _names.TryGetValue(value, out var name)
        ? name
        : throw new ArgumentOutOfRangeException(nameof(value), value, "No name in the journal's table.");

    /// <summary>The value of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public T Parse(string name) => _values.TryGetValue(name, out var value)
        ? value
        : throw new FormatException($"'{name}' is no {typeof(T).Name}.");
}
