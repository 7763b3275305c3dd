namespace Broker.Core.Names;

/// <summary>The name of a pool: a DNS-1123 label.</summary>
public readonly record struct PoolName
{
    private PoolName(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out PoolName value)
    {
        var good = text is not null && NameRules.IsLabel(text);
        value = good ? new PoolName(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static PoolName Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a PoolName.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
