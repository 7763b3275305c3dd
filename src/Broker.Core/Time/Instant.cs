using System.Globalization;

namespace Broker.Core.Time;

/// <summary>
/// A point on the wall clock, in microseconds since 1970-01-01 UTC. Durations are never computed from it.
/// </summary>
public readonly record struct Instant(long UnixMicroseconds) : IComparable<Instant>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>From the runtime's type, cut to microseconds.</summary>
    public static Instant From(DateTimeOffset time) => new((time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10);

    /// <summary>To the runtime's type, in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(DateTime.UnixEpoch.Ticks + (UnixMicroseconds * 10), TimeSpan.Zero);

    /// <summary>Reads the one text form: RFC 3339, UTC, six digits of a second.</summary>
    public static bool TryParse(string? text, out Instant instant)
    {
        var good = DateTime.TryParseExact(
            text,
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time);
        instant = good ? From(new DateTimeOffset(time)) : default;
        return good;
    }

    public int CompareTo(Instant other) => UnixMicroseconds.CompareTo(other.UnixMicroseconds);

    public static bool operator <(Instant left, Instant right) => left.CompareTo(right) < 0;

    public static bool operator >(Instant left, Instant right) => left.CompareTo(right) > 0;

    public static bool operator <=(Instant left, Instant right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Instant left, Instant right) => left.CompareTo(right) >= 0;

    /// <summary>RFC 3339, UTC, six digits of a second.</summary>
    public override string ToString() => ToDateTimeOffset().UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
