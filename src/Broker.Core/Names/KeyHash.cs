namespace Broker.Core.Names;

/// <summary>SHA-256 over the DER SubjectPublicKeyInfo of a key, as 64 lower-case hexadecimal digits.</summary>
public readonly record struct KeyHash
{
    private KeyHash(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out KeyHash value)
    {
        var good = NameRules.IsLowerHex(text, 64);
        value = good ? new KeyHash(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static KeyHash Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a KeyHash.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
