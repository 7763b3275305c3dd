using Broker.Journal.Tree;

namespace Broker.Journal.Store;

/// <summary>The events that one commit makes durable together.</summary>
/// <param name="Number">0 for genesis, then one more each time.</param>
/// <param name="First">The position of the first line.</param>
/// <param name="Lines">Each event as encoded, without a newline.</param>
/// <param name="Private">What is private in them. Not given back by <c>ReadBatchesAsync</c>.</param>
/// <param name="Leaves">
/// The leaf hash of each line as it was when written. Derived; stored beside the lines so that a damaged line can be
/// named by its position.
/// </param>
public sealed record JournalBatch(
    long Number,
    long First,
    IReadOnlyList<ReadOnlyMemory<byte>> Lines,
    IReadOnlyList<PrivateRow> Private,
    IReadOnlyList<MerkleHash> Leaves)
{
    /// <summary>The position after the last line.</summary>
    public long End => First + Lines.Count;

    /// <summary>Makes a batch with the leaf hashes that its lines have now.</summary>
    public static JournalBatch Of(
        long number, long first, IReadOnlyList<ReadOnlyMemory<byte>> lines, IReadOnlyList<PrivateRow> privateRows)
    {
        var leaves = new MerkleHash[lines.Count];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Merkle.Leaf(lines[i].Span);
        }

        return new JournalBatch(number, first, lines, privateRows, leaves);
    }

    /// <summary>Checks <see cref="JournalLimits"/>, and that leaves and private rows fit the lines.</summary>
    /// <exception cref="ArgumentException">One does not hold; the message names it.</exception>
    public void CheckLimits()
    {
        Require(Number >= 0 && First >= 0, "Number and first position are not negative.");
        var count = Lines.Count;
        Require(count is > 0 and <= JournalLimits.BatchEventsMax, $"A batch has 1 to 1,024 events: {count}.");
        Require(Leaves.Count == Lines.Count, $"{Leaves.Count} leaf hashes for {Lines.Count} lines.");
        var bytes = 0;
        foreach (var line in Lines)
        {
            var length = line.Length;
            Require(length is > 0 and <= JournalLimits.EventBytesMax, $"An event has 1 to 4,096 bytes: {length}.");
            Require(!line.Span.Contains((byte)'\n'), "An event has no newline in it.");
            bytes += length + 1;
        }

        Require(bytes <= JournalLimits.BatchBytesMax, $"A batch has at most 192 KiB: {bytes} bytes.");
        var privateBytes = Private.Sum(row => row.Bytes);
        Require(privateBytes <= JournalLimits.BatchPrivateBytesMax, $"At most 128 KiB are private: {privateBytes}.");
        foreach (var row in Private)
        {
            Require(row.Position >= First && row.Position < End, $"Private row of {row.Position}, outside the batch.");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
