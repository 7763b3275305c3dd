using System.Globalization;
using Broker.Core.Time;

namespace Broker.Server.Api;

/// <summary>Times as people write them: RFC 3339 with an offset or Z, with or without a fraction.</summary>
internal static class TimeText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
    ];

    public static bool TryParse(string? text, out Instant value)
    {
        var good = DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        value = good ? Instant.From(time) : default;
        return good;
    }
}
