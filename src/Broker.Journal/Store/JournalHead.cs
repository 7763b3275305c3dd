using Broker.Journal.Tree;

namespace Broker.Journal.Store;

/// <summary>The small record whose compare-and-swap decides who may append.</summary>
/// <param name="Origin">The ledger's name in checkpoints; never changes.</param>
/// <param name="Epoch">0 at creation; one more for each writer that started.</param>
/// <param name="Writer">32 lower-case hexadecimal digits: the random number of the writer's process start.</param>
/// <param name="BatchNumber">The number of the newest batch.</param>
/// <param name="TailFirst">The first position of the newest batch.</param>
/// <param name="Size">The number of events.</param>
/// <param name="Range">The compact range, largest subtree first.</param>
/// <param name="Root">The root over all events.</param>
/// <param name="Snapshot">The newest snapshot, if there is one.</param>
public sealed record JournalHead(
    string Origin,
    long Epoch,
    string Writer,
    long BatchNumber,
    long TailFirst,
    long Size,
    IReadOnlyList<MerkleHash> Range,
    MerkleHash Root,
    SnapshotReference? Snapshot)
{
    /// <summary>The head after a batch whose leaves are in the range already.</summary>
    public JournalHead After(JournalBatch batch, CompactRange range) => this with
    {
        BatchNumber = batch.Number,
        TailFirst = batch.First,
        Size = range.Size,
        Range = [.. range.Nodes],
        Root = range.Root(),
    };

    /// <summary>Checks that the batch follows this head and leads to <paramref name="next"/>.</summary>
    /// <exception cref="ArgumentException">It does not; a bug of the writer.</exception>
    public void CheckNext(JournalHead next, JournalBatch batch)
    {
        batch.CheckLimits();
        var follows = batch.Number == BatchNumber + 1 && batch.First == Size && next.BatchNumber == batch.Number
            && next.TailFirst == batch.First && next.Size == batch.End && next.Origin == Origin
            && next.Epoch >= Epoch;
        if (!follows)
        {
            throw new ArgumentException(
                $"Batch {batch.Number} at {batch.First} does not lead from size {Size} to {next.Size}.", nameof(batch));
        }
    }
}
