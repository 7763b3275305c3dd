using System.Runtime.CompilerServices;
using Broker.Journal.Store;
using Broker.Journal.Tree;

namespace Broker.Journal.Reading;

/// <summary>Reads lines for streams and exports.</summary>
public static class JournalReader
{
    /// <summary>
    /// The lines from <paramref name="from"/> up to, but without, <paramref name="to"/>; fewer where the journal ends
    /// first. Never pass the durable size: what lies beyond may not leave the process yet.
    /// </summary>
    /// <exception cref="JournalDamagedException">A line lacks its leaf hash, or a position is missing.</exception>
    public static async IAsyncEnumerable<JournalLine> ReadAsync(
        IJournalStore store, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        if (from >= to)
        {
            yield break;
        }

        var next = from;
        await foreach (var batch in store.ReadBatchesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            if (batch.First > next || batch.End <= next)
            {
                throw new JournalDamagedException("position_missing", next, $"Position {next} is missing.");
            }

            for (var i = (int)(next - batch.First); i < batch.Lines.Count && next < to; i++, next++)
            {
                CheckLeaf(batch, i);
                yield return new JournalLine(next, batch.Lines[i]);
            }

            if (next >= to)
            {
                yield break;
            }
        }
    }

    /// <summary>Checks that a line has the leaf hash that it was written with.</summary>
    internal static void CheckLeaf(JournalBatch batch, int index)
    {
        if (index >= batch.Leaves.Count || Merkle.Leaf(batch.Lines[index].Span) != batch.Leaves[index])
        {
            var position = batch.First + index;
            throw new JournalDamagedException(
                "leaf_differs",
                position,
                $"The event at position {position} does not have the hash that it was written with.");
        }
    }
}
