using System.Runtime.CompilerServices;
using Broker.Journal.Moving;
using Broker.Journal.Store;

namespace Broker.Tests.Journal.Moving;

/// <summary>Breaks off before one of the calls that write.</summary>
internal sealed class BreakingImport(IJournalImport inner, int breakAt) : IJournalImport
{
    private int _calls;

    public Task<JournalHead?> OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public Task<long> BeginAsync(string origin, CancellationToken cancellationToken) =>
        inner.BeginAsync(origin, cancellationToken);

    public Task PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        Break();
        return inner.PutBlobAsync(blob, cancellationToken);
    }

    public Task PutBatchAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        Break();
        return inner.PutBatchAsync(batch, cancellationToken);
    }

    public async IAsyncEnumerable<JournalBatch> ReadBatchesAsync(
        long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in inner.ReadBatchesAsync(fromPosition, cancellationToken))
        {
            yield return batch;
        }
    }

    public Task FinishAsync(JournalHead head, JournalBatch tail, CancellationToken cancellationToken)
    {
        Break();
        return inner.FinishAsync(head, tail, cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Break()
    {
        if (_calls++ == breakAt)
        {
            throw new JournalStoreException("broken_off", "It was broken off.");
        }
    }
}
