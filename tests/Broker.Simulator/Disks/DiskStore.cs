using System.Runtime.CompilerServices;
using Broker.Core.Names;
using Broker.Journal.Store;
using Broker.Simulator.Machines;
using Broker.Simulator.Planting;
using Broker.Simulator.Time;

namespace Broker.Simulator.Disks;

/// <summary>
/// A journal on a local disk that one process has to itself, with the faults of one: a commit fails before or after it
/// was written, takes long, or is on its way when its process is killed. After its first failure it refuses everything,
/// as the store on SQLite does.
/// </summary>
internal sealed class DiskStore(
    Timeline timeline, Disk disk, Life life, Plant plant, Action<JournalBatch> sent) : IJournalStore, IMarkedStore
{
    private JournalStoreException? _failure;
    private DiskJournal? _believed;

    /// <inheritdoc/>
    public JournalMark? Mark { get; } = plant == Plant.ForgottenMark ? null : disk.Mark;

    // What this process sees: after a lost fsync that it did not believe, more than the disk has.
    private DiskJournal Seen => _believed ?? disk.Journal;

    public Task<JournalHead?> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Seen.Head is { } head ? JournalHeadCodec.Decode(head) : null);

    public Task CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken)
    {
        disk.Append(JournalHeadCodec.Encode(head), genesis);
        disk.Mark = new JournalMark(head.Size, head.Root);
        return Task.CompletedTask;
    }

    public Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken)
    {
        previous.CheckNext(next, batch);
        if (_failure is not null)
        {
            throw new JournalStoreException(_failure.Code, _failure.Message, _failure);
        }

        var (was, becomes) = (JournalHeadCodec.Encode(previous), JournalHeadCodec.Encode(next));
        var fault = timeline.Happens(15) ? timeline.Random.Next(2) : -1;
        var takes = timeline.Happens(20) ? 3 * Timeline.Second : timeline.Between(200, 20_000);
        if (plant == Plant.AnswerBeforeDurable)
        {
            return BelieveAtOnce(becomes, batch, takes);
        }

        sent(batch);
        disk.InFlight = () => disk.Append(becomes, batch);
        return life.CallAsync(
            takes, 0, () => life.IsAlive, () => Commit(was, becomes, batch, next, fault));
    }

    public async IAsyncEnumerable<JournalBatch> ReadBatchesAsync(
        long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var batch in Seen.Batches)
        {
            if (batch.End > fromPosition)
            {
                yield return batch with { Private = [] };
            }
        }
    }

    public Task PutSnapshotAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing in a simulation makes snapshots.");

    public Task<ReadOnlyMemory<byte>?> GetSnapshotAsync(
        SnapshotReference reference, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task<BlobHash> PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing in a simulation has blobs.");

    public Task<ReadOnlyMemory<byte>?> GetBlobAsync(BlobHash hash, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task<PrivateRow?> ReadPrivateAsync(string commitment, CancellationToken cancellationToken) =>
        Task.FromResult(
            disk.Journal.Batches.SelectMany(b => b.Private).FirstOrDefault(r => r.Commitment == commitment));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private CommitResult Commit(byte[] was, byte[] becomes, JournalBatch batch, JournalHead next, int fault)
    {
        disk.InFlight = null;
        if (plant == Plant.RetryAfterFailedFsync && (fault >= 0 || _believed is not null))
        {
            // The pages of a failed fsync are dropped, and the second fsync says that all is well.
            _believed = new DiskJournal(becomes, Seen.Batches.Add(batch));
            return CommitResult.Committed;
        }

        if (fault == 0)
        {
            throw Fail("The commit failed; nothing was written.");
        }

        if (plant != Plant.IgnoredEpoch && !was.AsSpan().SequenceEqual(disk.Journal.Head))
        {
            return CommitResult.Superseded;
        }

        disk.Append(becomes, batch);
        if (fault != 1)
        {
            disk.Mark = new JournalMark(next.Size, next.Root); // Before the answer.
        }

        return fault == 1 ? throw Fail("The commit failed; it was written all the same.") : CommitResult.Committed;
    }

    private Task<CommitResult> BelieveAtOnce(byte[] becomes, JournalBatch batch, long takes)
    {
        _believed = new DiskJournal(becomes, Seen.Batches.Add(batch));
        life.Later(takes, () => disk.Append(becomes, batch));
        return Task.FromResult(CommitResult.Committed);
    }

    private JournalStoreException Fail(string message) => _failure = new("store_io", message);
}
