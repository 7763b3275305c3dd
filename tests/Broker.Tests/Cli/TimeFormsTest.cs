using Broker.Cli.Addresses;
using Xunit;

namespace Broker.Tests.Cli;

public sealed class TimeFormsTest
{
    private static readonly DateTimeOffset now = new(2026, 11, 23, 2, 30, 15, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("2026-11-22T22:00:05Z", "2026-11-22T22:00:05.000000Z")]
    [InlineData("2026-11-22T22:00:05.123456Z", "2026-11-22T22:00:05.123456Z")]
    [InlineData("2026-11-22T22:00Z", "2026-11-22T22:00:00.000000Z")]
    [InlineData("2026-11-22T22:00+01:00", "2026-11-22T21:00:00.000000Z")]
    [InlineData("2026-11-22 22:00:05Z", "2026-11-22T22:00:05.000000Z")]
    [InlineData("2026-11-22 22:00", "2026-11-22T22:00:00.000000Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00.000000Z")]
    [InlineData("14:00", "2026-11-23T14:00:00.000000Z")]
    [InlineData("today 9:05", "2026-11-23T09:05:00.000000Z")]
    [InlineData("yesterday 14:00:30Z", "2026-11-22T14:00:30.000000Z")]
    [InlineData("yesterday", "2026-11-22T00:00:00.000000Z")]
    [InlineData("now", "2026-11-23T00:30:15.000000Z")]
    [InlineData("10m ago", "2026-11-23T00:20:15.000000Z")]
    [InlineData("1h30m ago", "2026-11-22T23:00:15.000000Z")]
    [InlineData(" 2 d ago ", "2026-11-21T00:30:15.000000Z")]
    public void A_time_that_people_write_is_one_moment_in_UTC(string text, string wire) =>
        Assert.Equal(wire, TimeForms.ToWire(text, now));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("10 ago")]
    [InlineData("m ago")]
    [InlineData("10x ago")]
    [InlineData("999999999d999999999d ago")]
    [InlineData("today 25:00")]
    [InlineData("2026-13-01")]
    [InlineData("1700000000")]
    public void What_is_no_time_is_none(string text) => Assert.Null(TimeForms.ToWire(text, now));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("7d", 604_800)]
    public void A_length_of_time_has_units(string text, long seconds)
    {
        Assert.True(TimeForms.TryDuration(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }
}
