using System.Text;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Journal.Events;
using Xunit;

namespace Broker.Tests.Journal.Events;

public sealed class EventCodecTests
{
    private static readonly string Line =
        Encoding.UTF8.GetString(EventCodec.Encode(SampleFacts.ByBroker(new ClockStepped(5), 1)));

    [Fact]
    public void The_line_is_the_documented_one() => Assert.Equal(
        """{"v":1,"type":"clock.stepped","at":"2026-01-01T00:00:00.123456Z","subject":"ledger","prev":1"""
        + ""","actor":{"role":"broker","name":"broker"},"data":{"behindMicroseconds":5}}""",
        Line);

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("clock.stepped", "clock.melted")]
    public void An_unknown_version_or_type_is_named_as_such(string from, string to) =>
        Assert.Throws<UnknownEventException>(() => Decode(Line.Replace(from, to, StringComparison.Ordinal)));

    [Theory]
    [InlineData("{\"v\"", "{ \"v\"")] // White space.
    [InlineData("\"prev\":1", "\"prev\":1.0")] // Another spelling of a number.
    [InlineData("\"v\":1", "\"v\":1,\"v\":1")] // A member twice.
    [InlineData("\"prev\":1", "\"prev\":1,\"more\":1")] // A member too many in the envelope,
    [InlineData(":5}", ":5,\"more\":1}")] // and in the data.
    [InlineData("\"prev\":1", "\"prev\":null")] // Null is not absent.
    [InlineData("\"broker\"", "\"br\\u006fker\"")] // Another spelling of text.
    [InlineData(".123456Z", ".123Z")] // Another spelling of a time.
    [InlineData("ledger\"", "node/a\"")] // A subject that is not the one of the data.
    [InlineData("\"behindMicroseconds\":5", "")] // A member too few.
    [InlineData("\"role\":\"broker\"", "\"role\":\"Broker\"")] // A name that is none.
    [InlineData("}}", "}}\n")] // Something after it,
    [InlineData("}}", "}")] // or not all of it.
    public void Anything_but_the_canonical_line_is_refused(string from, string to) =>
        Assert.Throws<NotCanonicalException>(() => Decode(Line.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void Members_in_another_order_are_refused()
    {
        const string Type = "\"type\":\"clock.stepped\"";
        var swapped = Line.Replace("\"v\":1," + Type, Type + ",\"v\":1", StringComparison.Ordinal);
        Assert.NotEqual(Line, swapped);
        Assert.Throws<NotCanonicalException>(() => Decode(swapped));
    }

    [Fact]
    public void Every_flipped_bit_of_every_event_is_noticed_or_gives_other_canonical_bytes()
    {
        foreach (var fact in SampleFacts.All)
        {
            var line = EventCodec.Encode(fact);
            for (var bit = 0; bit < line.Length * 8; bit += 3)
            {
                var flipped = (byte[])line.Clone();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                try
                {
                    Assert.Equal(flipped, EventCodec.Encode(EventCodec.Decode(flipped)));
                }
                catch (JournalFormatException)
                {
                    continue; // Noticed; any other exception fails the test.
                }
            }
        }
    }

    [Fact]
    public void A_line_beyond_the_limit_is_refused_before_it_is_parsed() =>
        Assert.Throws<NotCanonicalException>(() => EventCodec.Decode(new byte[4097]));

    [Fact]
    public void No_private_value_or_salt_stands_in_any_line()
    {
        foreach (var line in SampleFacts.All.Select(f => Encoding.UTF8.GetString(EventCodec.Encode(f))))
        {
            Assert.DoesNotContain("Ada", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Grace", line, StringComparison.Ordinal);
            Assert.DoesNotContain("disk", line, StringComparison.Ordinal);
            Assert.DoesNotContain(SampleFacts.Person.Salt!, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_operator_in_clear_is_not_written()
    {
        var fact = SampleFacts.ByBroker(new ClockStepped(5), 1) with
        {
            Actor = new Actor(ActorRole.Operator, "Ada", null, null),
        };
        Assert.Throws<ArgumentException>(() => EventCodec.Encode(fact));
        Assert.Throws<NotCanonicalException>(
            () => Decode(Line.Replace("\"role\":\"broker\"", "\"role\":\"operator\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_private_becomes_rows_once_each()
    {
        var fact = SampleFacts.All.Single(f => f.Event is NodeFenced);
        var rows = EventCodec.PrivateRows(7, fact).ToArray();
        Assert.Equal(["Ada", "the disk was replaced"], rows.Select(r => r.Value));
        Assert.All(rows, r => Assert.Equal(7, r.Position));
        var alike = fact with { Event = ((NodeFenced)fact.Event) with { Reason = SampleFacts.Person } };
        Assert.Single(EventCodec.PrivateRows(7, alike));
        var made = SampleFacts.All.Single(f => f.Event is ReservationMade);
        Assert.Equal(
            ["Ada", "Grace", "the disk was replaced"], EventCodec.PrivateRows(7, made).Select(r => r.Value));
    }

    [Fact]
    public void A_private_value_read_back_is_known_by_its_commitment_only()
    {
        var fact = EventCodec.Decode(EventCodec.Encode(SampleFacts.All.Single(f => f.Event is NodeFenced)));
        Assert.Equal(SampleFacts.Person, fact.Actor.PrivateName);
        Assert.Null(fact.Actor.PrivateName!.Value);
        Assert.Empty(EventCodec.PrivateRows(7, fact));
    }

    [Theory]
    [InlineData("\"addresses\":\"10.0.0.5\"", "\"addresses\":\"10.0.0.5-10.0.0.5\"")]
    [InlineData("\"addresses\":\"10.0.0.5\"", "\"addresses\":\"10.0.0.5/32\"")]
    [InlineData("02:00:5e:10:00:01", "02:00:5E:10:00:01")]
    [InlineData("\"owner\":\"private:", "\"owner\":\"Grace")]
    [InlineData("\"subject\":\"ip/10.0.0.5\"", "\"subject\":\"pool/pods\"")]
    public void A_reservation_has_one_spelling(string from, string to)
    {
        var line = Encoding.UTF8.GetString(
            EventCodec.Encode(SampleFacts.All.Single(f => f.Event is ReservationMade)));
        Assert.Contains(from, line, StringComparison.Ordinal);
        Assert.Throws<NotCanonicalException>(() => Decode(line.Replace(from, to, StringComparison.Ordinal)));
    }

    private static void Decode(string line) => _ = EventCodec.Decode(Encoding.UTF8.GetBytes(line)); // It throws.
}
