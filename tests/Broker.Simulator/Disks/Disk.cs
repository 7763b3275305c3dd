using Broker.Journal.Store;

namespace Broker.Simulator.Disks;

/// <summary>
/// What lies on one disk: the journal, and beside it the mark. It outlives processes; an operator may take a copy, and
/// put an old one in the place of the newer.
/// </summary>
internal sealed class Disk
{
    /// <summary>The journal as it is.</summary>
    public DiskJournal Journal { get; private set; } = new(null, []);

    /// <summary>What was put aside when a copy was restored.</summary>
    public DiskJournal? Newer { get; private set; }

    /// <summary>The mark: written after each commit, and before its answer.</summary>
    public JournalMark? Mark { get; set; }

    /// <summary>A write that has not reached the disk yet.</summary>
    public Action? InFlight { get; set; }

    /// <summary>Whether an old copy lies there.</summary>
    public bool IsRestored => Newer is not null;

    /// <summary>Appends.</summary>
    public void Append(byte[] head, JournalBatch batch) => Journal = new DiskJournal(head, Journal.Batches.Add(batch));

    /// <summary>Puts a copy in the place of the journal; the mark stays, as it lies in a file of its own.</summary>
    public void Restore(DiskJournal copy) => (Newer, Journal) = (Journal, copy);

    /// <summary>What a copy lacks was never acknowledged, and it is served.</summary>
    public void Accept() => Newer = null;

    /// <summary>Undoes a restoration.</summary>
    public void PutBack()
    {
        if (Newer is { } newer)
        {
            (Journal, Newer) = (newer, null);
        }
    }
}
