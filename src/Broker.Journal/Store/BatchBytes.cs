using Broker.Journal.Tree;

namespace Broker.Journal.Store;

/// <summary>
/// A batch as two values, as stores keep it: the lines, each with its newline, and the leaf hashes in order.
/// </summary>
public static class BatchBytes
{
    /// <summary>The lines of a batch.</summary>
    public static byte[] Lines(JournalBatch batch)
    {
        var bytes = new byte[batch.Lines.Sum(line => line.Length + 1)];
        var at = 0;
        foreach (var line in batch.Lines)
        {
            line.Span.CopyTo(bytes.AsSpan(at));
            at += line.Length;
            bytes[at++] = (byte)'\n';
        }

        return bytes;
    }

    /// <summary>The leaf hashes of a batch.</summary>
    public static byte[] Leaves(JournalBatch batch)
    {
        var bytes = new byte[batch.Leaves.Count * MerkleHash.Bytes];
        for (var i = 0; i < batch.Leaves.Count; i++)
        {
            batch.Leaves[i].CopyTo(bytes.AsSpan(i * MerkleHash.Bytes));
        }

        return bytes;
    }

    /// <summary>
    /// The batch again. Whatever the bytes are, they give lines and hashes: who reads compares them and names the
    /// position.
    /// </summary>
    public static JournalBatch Read(long number, long first, byte[] lines, byte[] leaves)
    {
        var split = new List<ReadOnlyMemory<byte>>(leaves.Length / MerkleHash.Bytes);
        for (var at = 0; at < lines.Length;)
        {
            var length = lines.AsSpan(at).IndexOf((byte)'\n');
            length = length < 0 ? lines.Length - at : length;
            split.Add(lines.AsMemory(at, length));
            at += length + 1;
        }

        var hashes = new MerkleHash[leaves.Length / MerkleHash.Bytes];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = MerkleHash.From(leaves.AsSpan(i * MerkleHash.Bytes, MerkleHash.Bytes));
        }

        return new JournalBatch(number, first, split, [], hashes);
    }
}
