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
        "2026-11-22T22:00:05Z, '2026-11-22 22:00', 2026-11-22, '14:00' (today), 'yesterday 14:00', '10m ago', '1h30m ago'";

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

    /// <summary>A length of time such as <c>10m</c>, <c>1h30m</c> or <c>7d</c>; units are s, m, h and d.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var (number, digits, units) = (0L, 0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && digits < 9)
            {
                (number, digits) = ((number * 10) + (c - '0'), digits + 1);
            }
            else if (digits > 0 && Unit(c) is { } unit)
            {
                duration += number * unit;
                (number, digits, units) = (0, 0, units + 1);
            }
            else
            {
                return false;
            }
        }

        return digits == 0 && units > 0;
    }

    private static TimeSpan? Unit(char c) => c switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
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
                && before < now - DateTimeOffset.UnixEpoch
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
