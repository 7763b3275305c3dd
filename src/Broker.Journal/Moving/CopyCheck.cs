using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Tree;

namespace Broker.Journal.Moving;

/// <summary>Reads back what was copied, each batch once, and compares the root.</summary>
internal sealed class CopyCheck(JournalHead source, IJournalImport destination, IProgress<CopyProgress>? progress)
{
    private readonly JournalReplay _replay = new(source, null);

    /// <summary>Reads on from where it was.</summary>
    /// <exception cref="JournalDamagedException"><c>copy_differs</c>, or what is wrong with a batch.</exception>
    public async Task RequireAsync(long size, MerkleHash root, CancellationToken cancellationToken)
    {
        await foreach (var batch in destination.ReadBatchesAsync(_replay.Range.Size, cancellationToken)
                           .ConfigureAwait(false))
        {
            _ = _replay.Take(batch); // The root tells all.
            progress?.Report(new CopyProgress(true, _replay.Range.Size, size));
        }

        if (_replay.Range.Size != size || _replay.Range.Root() != root)
        {
            throw new JournalDamagedException(
                "copy_differs",
                Math.Min(size, _replay.Range.Size),
                $"The copy has {_replay.Range.Size} events and root {_replay.Range.Root()}; the source has {size} and "
                + $"{root}. Empty the destination and copy again.");
        }
    }
}
