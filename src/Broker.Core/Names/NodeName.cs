namespace Broker.Core.Names;

/// <summary>The name of a Kubernetes Node: a DNS-1123 subdomain.</summary>
public readonly record struct NodeName
{
    private NodeName(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out NodeName value)
    {
        var good = NameRules.IsSubdomain(text);
        value = good ? new NodeName(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static NodeName Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a NodeName.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
