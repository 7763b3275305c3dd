using Broker.Journal.Store;
using Broker.Simulator.Checking;
using Broker.Simulator.Machines;
using Broker.Simulator.Planting;
using Broker.Simulator.Time;

namespace Broker.Simulator.Disks;

/// <summary>One disk, one machine, one process at a time; and an operator who restores old copies.</summary>
internal sealed class DiskPlace(Timeline timeline, History history, Faults faults, Plant plant) : IJournalPlace
{
    private readonly Disk _disk = new();
    private DiskJournal? _copy;

    /// <inheritdoc/>
    public bool TakesSeveral => false;

    /// <inheritdoc/>
    public IJournalStore Open(Life life) => new DiskStore(timeline, _disk, life, plant, Sent);

    /// <inheritdoc/>
    public IJournalStore OpenToCreate(Life life) => Open(life);

    /// <summary>Takes a copy now and then.</summary>
    public void Begin() => timeline.In(timeline.Between(10 * Timeline.Second, 60 * Timeline.Second), () =>
    {
        _copy = _disk.Journal;
        Begin();
    });

    /// <inheritdoc/>
    public void Killed()
    {
        if (timeline.Random.Next(2) == 0)
        {
            _disk.InFlight?.Invoke();
        }

        _disk.InFlight = null;
    }

    /// <inheritdoc/>
    public void MayBeRestored()
    {
        if (!_disk.IsRestored && _copy is { } copy && copy.Batches.Count < _disk.Journal.Batches.Count
            && timeline.Happens(200))
        {
            faults.Trace($"an old copy is restored: {copy.Batches.Count} of {_disk.Journal.Batches.Count} batches");
            _disk.Restore(copy);
        }
    }

    /// <inheritdoc/>
    public void Served() => _disk.Accept();

    /// <inheritdoc/>
    public bool PutRight()
    {
        var wasRestored = _disk.IsRestored;
        _disk.PutBack();
        return wasRestored;
    }

    private void Sent(JournalBatch batch)
    {
        for (var i = 0; plant == Plant.StreamAheadOfDisk && i < batch.Lines.Count; i++)
        {
            history.Read("a stream", batch.First + i, batch.Lines[i].Span);
        }
    }
}
