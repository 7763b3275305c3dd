namespace Broker.Core.Names;

/// <summary>The name of a reservation, such as a router's: a DNS-1123 subdomain.</summary>
public readonly record struct ReservationName
{
    private ReservationName(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Takes the text if it has the form that the type demands.</summary>
    public static bool TryParse(string? text, out ReservationName value)
    {
        var good = text is not null && NameRules.IsSubdomain(text);
        value = good ? new ReservationName(text!) : default;
        return good;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static ReservationName Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a ReservationName.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
