using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Journal.Store;

namespace Broker.Testing.Stores;

/// <summary>
/// A journal in memory that fails when told to. Honest: it passes the same conformance suite as the real ones.
/// </summary>
public sealed class FaultStore(FaultMemory memory) : IJournalStore
{
    private JournalStoreException? _failure;

    /// <summary>A store with a memory of its own.</summary>
    public FaultStore()
        : this(new FaultMemory())
    {
    }

    /// <summary>What is durable: give it to another store to reopen it.</summary>
    public FaultMemory Memory => memory;

    /// <summary>What happens to the commits from now on.</summary>
    public CommitFault Fault { get; set; }

    /// <summary>Commits wait for this before anything happens.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Commits that were asked for.</summary>
    public int Commits { get; private set; }

    public Task<JournalHead?> OpenAsync(CancellationToken cancellationToken)
    {
        lock (memory.Gate)
        {
            return Task.FromResult(memory.Head is { } head ? JournalHeadCodec.Decode(head) : null);
        }
    }

    public Task CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken)
    {
        genesis.CheckLimits();
        lock (memory.Gate)
        {
            if (memory.Head is not null)
            {
                throw new JournalStoreException("journal_exists", "There is a ledger in this memory already.");
            }

            memory.Head = JournalHeadCodec.Encode(head);
            memory.Batches.Add(genesis);
        }

        return Task.CompletedTask;
    }

    public async Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken)
    {
        previous.CheckNext(next, batch);
        Commits++;
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        RequireAlive();
        if (Fault == CommitFault.Before)
        {
            throw Fail("The commit failed; nothing was written.");
        }

        lock (memory.Gate)
        {
            if (Fault == CommitFault.Superseded
                || !JournalHeadCodec.Encode(previous).AsSpan().SequenceEqual(memory.Head))
            {
                return CommitResult.Superseded;
            }

            memory.Head = JournalHeadCodec.Encode(next);
            memory.Batches.Add(batch);
        }

        return Fault == CommitFault.ReplyLost ? throw Fail("The reply was lost.") : CommitResult.Committed;
    }

    public async IAsyncEnumerable<JournalBatch> ReadBatchesAsync(
        long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            JournalBatch batch;
            lock (memory.Gate)
            {
                if (i >= memory.Batches.Count)
                {
                    yield break;
                }

                batch = memory.Batches[i];
            }

            if (batch.End > fromPosition)
            {
                yield return batch with { Private = [] };
                await Task.Yield();
            }
        }
    }

    public Task PutSnapshotAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        if (HashOf(snapshot.Span) != reference.Hash.Value)
        {
            throw new ArgumentException("The bytes do not have the hash of the reference.", nameof(snapshot));
        }

        RequireAlive();
        lock (memory.Gate)
        {
            memory.Snapshots[reference.Position] = (reference.Hash.Value, snapshot.ToArray());
            foreach (var old in memory.Snapshots.Keys.OrderDescending().Skip(2).ToArray())
            {
                _ = memory.Snapshots.Remove(old); // It was listed a line above.
            }
        }

        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>?> GetSnapshotAsync(
        SnapshotReference reference, CancellationToken cancellationToken)
    {
        lock (memory.Gate)
        {
            var found = memory.Snapshots.TryGetValue(reference.Position, out var snapshot)
                && snapshot.Hash == reference.Hash.Value;
            return Task.FromResult(found ? (ReadOnlyMemory<byte>?)snapshot.Bytes : null);
        }
    }

    public Task<BlobHash> PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blob.Length, JournalLimits.BlobBytesMax, nameof(blob));
        RequireAlive();
        var hash = HashOf(blob.Span);
        lock (memory.Gate)
        {
            memory.Blobs[hash] = blob.ToArray();
        }

        return Task.FromResult(BlobHash.Parse(hash));
    }

    public Task<ReadOnlyMemory<byte>?> GetBlobAsync(BlobHash hash, CancellationToken cancellationToken)
    {
        lock (memory.Gate)
        {
            if (!memory.Blobs.TryGetValue(hash.Value, out var blob))
            {
                return Task.FromResult<ReadOnlyMemory<byte>?>(null);
            }

            return HashOf(blob) == hash.Value
                ? Task.FromResult<ReadOnlyMemory<byte>?>(blob)
                : throw new JournalStoreException("blob_damaged", $"The blob {hash} does not have its hash any more.");
        }
    }

    public Task<PrivateRow?> ReadPrivateAsync(string commitment, CancellationToken cancellationToken)
    {
        lock (memory.Gate)
        {
            var row = memory.Batches.SelectMany(b => b.Private).FirstOrDefault(r => r.Commitment == commitment);
            return row is null || Opens(row)
                ? Task.FromResult(row)
                : throw new JournalStoreException("private_damaged", "The value lacks its commitment.");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Opens(PrivateRow row) =>
        PrivateText.Seal(row.Value, Convert.FromHexString(row.Salt)).Commitment == row.Commitment;

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private JournalStoreException Fail(string message) => _failure = new("store_io", message);

    private void RequireAlive()
    {
        if (_failure is not null)
        {
            throw new JournalStoreException(_failure.Code, _failure.Message, _failure);
        }
    }
}
