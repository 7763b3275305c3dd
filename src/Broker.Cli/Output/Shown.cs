using System.Globalization;
using System.Text;

namespace Broker.Cli.Output;

/// <summary>Values of the wire as people read them.</summary>
internal static class Shown
{
    private const int HashCharacters = 12;
    private const int DigitsMax = 12;

    /// <summary>A time of RFC 3339 to the second, in UTC; what is no time stays as it is.</summary>
    public static string Time(string? wire) => DateTimeOffset.TryParse(
        wire, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : wire ?? string.Empty;

    /// <summary>The first characters of a hash, enough to compare by eye.</summary>
    public static string Hash(string? hash) =>
        hash is null ? string.Empty : hash.Length <= HashCharacters ? hash : hash[..HashCharacters];

    /// <summary>A whole number.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A decimal number that may be very large: past twelve digits, about how large it is.</summary>
    public static string Large(string number) => number.Length > DigitsMax
        && double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value.ToString("0.0e0", CultureInfo.InvariantCulture)
        : number;

    /// <summary>Text for a terminal: characters that steer it are shown as what they are.</summary>
    public static string Safe(string? text)
    {
        if (text is null || !text.Any(char.IsControl))
        {
            return text ?? string.Empty;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = char.IsControl(c)
                ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : safe.Append(c);
        }

        return safe.ToString();
    }

    /// <summary>Seconds with the unit that reads best.</summary>
    public static string Seconds(long seconds) => seconds switch
    {
        >= 86_400 when seconds % 86_400 == 0 => $"{Number(seconds / 86_400)} d",
        >= 3_600 when seconds % 3_600 == 0 => $"{Number(seconds / 3_600)} h",
        >= 60 when seconds % 60 == 0 => $"{Number(seconds / 60)} min",
        _ => $"{Number(seconds)} s",
    };
}
