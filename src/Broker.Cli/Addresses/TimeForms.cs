using System.Globalization;

namespace Broker.Cli.Addresses;

/// <summary>
/// Times as people write them. The broker takes RFC 3339 only, so that a stored request means one moment; what is
/// relative is worked out here. Without an offset, a time is in UTC.
/// </summary>
internal static class TimeForms
{
    /// <summary>For help and errors.</summary>
    public const string Help =
        "2026-11-22T22:00:05Z, '2026-11-22 22:00', 2026-11-22, 14:00 (today), 'yesterday 14:00', '1h30m ago'";

    private const int DigitsMax = 9;
    private const long SecondsMax = 100L * 366 * 86_400;

    private static readonly string[] formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddK",
    ];

    private static readonly string[] clocks = ["H:mm", "H:mm:ss", "H:mm'Z'", "H:mm:ss'Z'"];

    /// <summary>The moment that a text names, as RFC 3339 in UTC with microseconds; null when it names none.</summary>
    public static string? ToWire(string text, DateTimeOffset now) =>
        Find(text.Trim(), now.ToUniversalTime())?.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// A length of time such as <c>10m</c>, <c>1h30m</c> or <c>7d</c>, up to a hundred years; units are s, m, h and d.
    /// </summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        var (seconds, number, digits, units) = (0L, 0L, 0, 0);
        duration = TimeSpan.Zero;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && digits < DigitsMax)
            {
                (number, digits) = ((number * 10) + (c - '0'), digits + 1);
            }
            else if (digits > 0 && SecondsOf(c) is { } unit && seconds + (number * unit) <= SecondsMax)
            {
                (seconds, number, digits, units) = (seconds + (number * unit), 0, 0, units + 1);
            }
            else
            {
                return false;
            }
        }

        duration = TimeSpan.FromSeconds(seconds);
        return digits == 0 && units > 0;
    }

    private static long? SecondsOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => null,
    };

    private static DateTimeOffset? Find(string text, DateTimeOffset now)
    {
        if (text == "now")
        {
            return now;
        }

        if (text.EndsWith(" ago", StringComparison.Ordinal))
        {
            return TryDuration(text[..^4].Replace(" ", string.Empty, StringComparison.Ordinal), out var before)
                ? now - before
                : null;
        }

        return OnDay(text, "today", now.Date)
            ?? OnDay(text, "yesterday", now.Date.AddDays(-1))
            ?? Clock(text, now.Date)
            ?? Absolute(text);
    }

    private static DateTimeOffset? OnDay(string text, string word, DateTime day) =>
        text == word ? new DateTimeOffset(day, TimeSpan.Zero)
        : text.StartsWith(word + " ", StringComparison.Ordinal) ? Clock(text[(word.Length + 1)..], day)
        : null;

    private static DateTimeOffset? Clock(string text, DateTime day) => TimeOnly.TryParseExact(
        text, clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
        ? new DateTimeOffset(day + clock.ToTimeSpan(), TimeSpan.Zero)
        : null;

    private static DateTimeOffset? Absolute(string text) => DateTimeOffset.TryParseExact(
        text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;
}
