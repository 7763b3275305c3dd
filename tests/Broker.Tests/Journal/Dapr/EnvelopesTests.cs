using System.Text;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Store;
using Broker.Journal.Tree;
using Xunit;

namespace Broker.Tests.Journal.Dapr;

/// <summary>What stands in a state store stays readable, and is written the same way for ever.</summary>
public sealed class EnvelopesTests
{
    private const string GoldenBatch =
        "B1.1.1.e30K.KKOhj2zWQGsIbp/9ofm4oT289EsPPzLLkDGhH9BTrPk=";

    private const string GoldenHead =
        "H1 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb eyJ2IjoxLCJvcmlnaW4iOiJpcGFtLmV4YW1wbGUub3JnL3Rlc3Qi"
        + "LCJlcG9jaCI6MSwid3JpdGVyIjoiYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWEiLCJiYXRjaCI6MSwi"
        + "Zmlyc3QiOjEsInNpemUiOjIsInJhbmdlIjpbIjlmYjE3ZTJlNWM1NTFlY2U0MzE2Njk1ZWJiNTdkMWFjNGMyZWY2"
        + "ZTc3YThjNDRkMWFhMTBkMmU4ZjY1ZmJjOGQiXSwicm9vdCI6IjlmYjE3ZTJlNWM1NTFlY2U0MzE2Njk1ZWJiNTdk"
        + "MWFjNGMyZWY2ZTc3YThjNDRkMWFhMTBkMmU4ZjY1ZmJjOGQifQ== W1sxLCJjY2NjY2NjY2NjY2NjY2NjY2NjY2N"
        + "jY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjIiwiNTU1NTU1NTU1NTU1NTU1NTU1NTU"
        + "1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NTU1NSIsIkFkYSJdXQ== B1.1.1.e30K.KK"
        + "Ohj2zWQGsIbp/9ofm4oT289EsPPzLLkDGhH9BTrPk=";

    private static readonly PrivateRow row = new(1, new string('c', 64), new string('5', 64), "Ada");

    [Fact]
    public void A_batch_is_written_byte_for_byte_as_ever() => Assert.Equal(GoldenBatch, BatchEnvelope.Encode(Batch()));

    [Fact]
    public void A_head_is_written_byte_for_byte_as_ever()
    {
        var range = new CompactRange();
        range.Append(Merkle.Leaf("[]"u8));
        range.Append(Merkle.Leaf("{}"u8));
        var head = new JournalHead(
            "ipam.example.org/test", 1, new string('a', 32), 1, 1, 2, [.. range.Nodes], range.Root(), null);

        Assert.Equal(GoldenHead, HeadEnvelope.Of(new string('b', 32), head, Batch()).Encode().ToString());
    }

    [Fact]
    public void They_are_read_back()
    {
        var read = HeadEnvelope.Decode(new StoredValue(Encoding.ASCII.GetBytes(GoldenHead)));

        Assert.Equal((new string('b', 32), 2L), (read.Claim, read.Head.Size));
        Assert.Equal([row], read.Private);
        Assert.Equal("{}"u8.ToArray(), read.Tail().Lines.Single().ToArray());
        Assert.Equal(GoldenHead, read.Encode().ToString());
    }

    [Fact]
    public void The_largest_head_is_below_what_stores_take()
    {
        var line = new byte[(JournalLimits.BatchBytesMax / 48) - 1];
        Array.Fill(line, (byte)'x');
        var batch = JournalBatch.Of(1, 1, [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(line, 48)], []);
        var many = JournalBatch.Of(1, 1, [.. Enumerable.Repeat<ReadOnlyMemory<byte>>("{}"u8.ToArray(), 1024)], []);
        var text = BatchEnvelope.Encode(batch).Length + BatchEnvelope.Encode(many).Length;

        Assert.True(text + (JournalLimits.BatchPrivateBytesMax * 4 / 3) + 8192 < 512 * 1024);
    }

    private static JournalBatch Batch() => JournalBatch.Of(1, 1, ["{}"u8.ToArray()], [row]);
}
