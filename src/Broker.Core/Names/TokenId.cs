namespace Broker.Core.Names;

/// <summary>The public half of a bootstrap token: six lower-case letters or digits.</summary>
public readonly record struct TokenId
{
    private TokenId(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out TokenId value)
    {
        var good = text is { Length: 6 } && NameRules.IsLabel(text);
        value = good ? new TokenId(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static TokenId Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a TokenId.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
