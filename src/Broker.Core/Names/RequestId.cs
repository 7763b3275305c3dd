namespace Broker.Core.Names;

/// <summary>What makes a repeat recognisable: chosen by the caller, random, 8 to 64 characters.</summary>
public readonly record struct RequestId
{
    private RequestId(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out RequestId value)
    {
        var good = text is { Length: >= 8 } && NameRules.IsToken(text, 64);
        value = good ? new RequestId(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static RequestId Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a RequestId.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
