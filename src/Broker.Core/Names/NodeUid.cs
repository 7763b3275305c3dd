namespace Broker.Core.Names;

/// <summary>The UID of a Node object: what tells a re-created Node from the one before it.</summary>
public readonly record struct NodeUid
{
    private NodeUid(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out NodeUid value)
    {
        var good = NameRules.IsToken(text, 64);
        value = good ? new NodeUid(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static NodeUid Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a NodeUid.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
