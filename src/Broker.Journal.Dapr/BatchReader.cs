using System.Runtime.CompilerServices;
using System.Text;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>Reads batches below the head, many at a time, each found by its number.</summary>
internal sealed class BatchReader(IStateApi api, PatientStore store, DaprKeys keys)
{
    private const int KeysMax = 256;
    private const int ReplyBytesMax = 2 << 20; // Below the 4 MiB of a sidecar that was not told otherwise.

    private int _keysAtOnce = 8;

    /// <summary>From the batch that holds the position on, up to the one that the head carries.</summary>
    public async IAsyncEnumerable<JournalBatch> ReadAsync(
        HeadEnvelope head, long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tail = head.Tail();
        if (fromPosition >= head.Head.Size)
        {
            yield break;
        }

        if (fromPosition < tail.First)
        {
            await foreach (var batch in ReadBelowAsync(tail.Number, fromPosition, cancellationToken)
                               .ConfigureAwait(false))
            {
                yield return batch;
            }
        }

        yield return tail;
    }

    /// <summary>From the batch that holds the position on, up to the one before a number.</summary>
    public async IAsyncEnumerable<JournalBatch> ReadBelowAsync(
        long end, long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = await FindAsync(fromPosition, end, cancellationToken).ConfigureAwait(false);
        while (next < end)
        {
            var wanted = Enumerable.Range(0, (int)Math.Min(_keysAtOnce, end - next))
                .Select(i => next + i).ToList();
            foreach (var batch in await ReadAsync(wanted, cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }

            next += wanted.Count;
        }
    }

    // Most readers follow the tail: steps back from there, doubling, then halving.
    private async Task<long> FindAsync(long position, long tail, CancellationToken cancellationToken)
    {
        var (low, high) = (tail - 1, tail); // The batch sought is below high.
        for (var step = 1L; low > 0; step *= 2)
        {
            if (await FirstAsync(low, cancellationToken).ConfigureAwait(false) <= position)
            {
                break;
            }

            (low, high) = (Math.Max(0, low - step), low);
        }

        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (await FirstAsync(middle, cancellationToken).ConfigureAwait(false) <= position)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private async Task<long> FirstAsync(long number, CancellationToken cancellationToken) =>
        (await ReadOneAsync(number, cancellationToken).ConfigureAwait(false)).First;

    private async Task<IReadOnlyList<JournalBatch>> ReadAsync(
        List<long> numbers, CancellationToken cancellationToken)
    {
        var found = await ReadManyAsync(numbers, cancellationToken).ConfigureAwait(false);
        var batches = new List<JournalBatch>(numbers.Count);
        foreach (var number in numbers)
        {
            batches.Add(found.TryGetValue(keys.Batch(number), out var value)
                ? Decode(number, value)
                : await ReadOneAsync(number, cancellationToken).ConfigureAwait(false));
        }

        var largest = found.Values.Select(value => value.Bytes.Length).DefaultIfEmpty(1).Max();
        _keysAtOnce = Math.Clamp(Math.Min(_keysAtOnce * 2, ReplyBytesMax / largest), 1, KeysMax);
        return batches;
    }

    // What fails here is read again by itself, and says then why.
    private async Task<IReadOnlyDictionary<string, StoredValue>> ReadManyAsync(
        List<long> numbers, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ReadManyAsync([.. numbers.Select(keys.Batch)], cancellationToken).ConfigureAwait(false);
        }
        catch (StateCallException)
        {
            return new Dictionary<string, StoredValue>();
        }
    }

    private async Task<JournalBatch> ReadOneAsync(long number, CancellationToken cancellationToken)
    {
        var copy = await store.ReadAsync(keys.Batch(number), cancellationToken).ConfigureAwait(false);
        return copy.Value is { } value
            ? Decode(number, value)
            : throw new JournalStoreException(
                "batch_missing",
                $"Batch {number} is not in the state store, and its head comes after it. Restore the store.");
    }

    private static JournalBatch Decode(long number, StoredValue value) =>
        BatchEnvelope.Decode(Encoding.ASCII.GetString(value.Bytes.Span)) ?? throw new JournalStoreException(
            "batch_damaged", $"Batch {number} in the state store cannot be read. Restore the store from a copy.");
}
