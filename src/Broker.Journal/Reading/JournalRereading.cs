using Broker.Journal.Store;
using Broker.Journal.Tree;
using Broker.Journal.Writing;

namespace Broker.Journal.Reading;

/// <summary>
/// Reads a journal again while its writer serves: a disk that forgets says so only to those who look.
/// </summary>
public static class JournalRereading
{
    private const int LinesAtOnce = 1024;

    /// <summary>
    /// Reads each line up to a size that is durable, holds it against its hash, and all of them against the root.
    /// </summary>
    /// <param name="store">The journal; it may grow meanwhile.</param>
    /// <param name="head">Up to where, and the root there.</param>
    /// <param name="pauseAsync">Awaited after each thousand lines, to leave the disk to others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalDamagedException">A byte is wrong; the position is named.</exception>
    /// <exception cref="JournalStoreException">The store failed.</exception>
    public static async Task ReadAsync(
        IJournalStore store, DurableHead head, Func<ValueTask> pauseAsync, CancellationToken cancellationToken)
    {
        var range = new CompactRange();
        await foreach (var line in JournalReader.ReadAsync(store, 0, head.Size, cancellationToken)
                           .ConfigureAwait(false))
        {
            range.Append(Merkle.Leaf(line.Line.Span));
            if (range.Size % LinesAtOnce == 0)
            {
                await pauseAsync().ConfigureAwait(false);
            }
        }

        if (range.Size < head.Size)
        {
            throw new JournalDamagedException("journal_short", range.Size, $"Position {range.Size} is missing.");
        }

        if (range.Root() != head.Root)
        {
            throw new JournalDamagedException(
                "root_differs",
                head.Size,
                $"The root at size {head.Size} is {range.Root()}, not the {head.Root} that was written.");
        }
    }
}
