using System.Globalization;

namespace Broker.Core.Names;

/// <summary>The address of one network interface (IEEE 802 EUI-48), as six lower-case hexadecimal pairs.</summary>
public readonly record struct MacAddress
{
    private MacAddress(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads six hexadecimal pairs with colons, in either case. A group address or all zeros names no interface.
    /// </summary>
    public static bool TryParse(string? text, out MacAddress value)
    {
        value = default;
        if (text is not { Length: 17 })
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        var first = byte.Parse(text.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if ((first & 1) != 0 || text == "00:00:00:00:00:00")
        {
            return false;
        }

        value = new MacAddress(text.ToLowerInvariant());
        return true;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a MacAddress.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
